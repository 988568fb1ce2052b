@NullMarked
package org.mcpagentic.mcp.redis;

import org.jspecify.annotations.NullMarked;
