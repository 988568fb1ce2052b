@NullMarked
package org.mcpagentic.publicmcp.mcp;

import org.jspecify.annotations.NullMarked;
