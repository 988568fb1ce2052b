/** What this service offers over the Model Context Protocol. */
@NullMarked
package org.mcpagentic.publicmcp.mcp;

import org.jspecify.annotations.NullMarked;
