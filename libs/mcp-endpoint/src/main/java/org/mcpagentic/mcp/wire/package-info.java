/** How messages look, in JSON. */
@NullMarked
package org.mcpagentic.mcp.wire;

import org.jspecify.annotations.NullMarked;
