/** External MCP servers for those who may add them and approve their tools. */
@NullMarked
package org.mcpagentic.custommcp.remote.admin;

import org.jspecify.annotations.NullMarked;
