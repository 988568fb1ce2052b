/** JMESPath queries behind the json_query tool, bounded in what they may cost. */
@NullMarked
package org.mcpagentic.custommcp.tools.json;

import org.jspecify.annotations.NullMarked;
