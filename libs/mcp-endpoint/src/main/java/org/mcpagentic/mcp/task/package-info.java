/** Calls that go on behind their answer, as the extension io.modelcontextprotocol/tasks has them. */
@NullMarked
package org.mcpagentic.mcp.task;

import org.jspecify.annotations.NullMarked;
