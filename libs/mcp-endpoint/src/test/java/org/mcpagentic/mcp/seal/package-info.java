@NullMarked
package org.mcpagentic.mcp.seal;

import org.jspecify.annotations.NullMarked;
