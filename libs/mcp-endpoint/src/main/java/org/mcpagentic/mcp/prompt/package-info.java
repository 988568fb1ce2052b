/** Prompts that a service offers. */
@NullMarked
package org.mcpagentic.mcp.prompt;

import org.jspecify.annotations.NullMarked;
