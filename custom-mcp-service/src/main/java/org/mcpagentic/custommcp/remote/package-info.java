/** External MCP servers whose tools tasks may use. Why it is built so: {@code docs/adr/0023-external-mcp-servers.md}. */
@NullMarked
package org.mcpagentic.custommcp.remote;

import org.jspecify.annotations.NullMarked;
