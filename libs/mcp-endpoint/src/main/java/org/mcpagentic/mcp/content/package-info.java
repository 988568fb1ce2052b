/** What tools, prompts and resources answer with. */
@NullMarked
package org.mcpagentic.mcp.content;

import org.jspecify.annotations.NullMarked;
