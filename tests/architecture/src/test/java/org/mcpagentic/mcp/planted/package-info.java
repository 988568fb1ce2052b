@NullMarked
package org.mcpagentic.mcp.planted;

import org.jspecify.annotations.NullMarked;
