/** Servers and approvals in Redis, all in the first shard. */
@NullMarked
package org.mcpagentic.custommcp.remote.redis;

import org.jspecify.annotations.NullMarked;
