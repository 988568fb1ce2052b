/** Tools that a service offers. */
@NullMarked
package org.mcpagentic.mcp.tool;

import org.jspecify.annotations.NullMarked;
