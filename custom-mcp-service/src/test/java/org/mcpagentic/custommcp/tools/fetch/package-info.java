@NullMarked
package org.mcpagentic.custommcp.tools.fetch;

import org.jspecify.annotations.NullMarked;
