/** Models whose words are filtered before anything is done with them. */
@NullMarked
package org.mcpagentic.agent.filtered;

import org.jspecify.annotations.NullMarked;
