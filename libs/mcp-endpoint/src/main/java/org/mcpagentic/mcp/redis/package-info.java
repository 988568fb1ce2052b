/** Sessions and mail of clients in Redis. */
@NullMarked
package org.mcpagentic.mcp.redis;

import org.jspecify.annotations.NullMarked;
