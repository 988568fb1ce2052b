/** Access control in Redis, on the store's connections and shards. */
@NullMarked
package org.mcpagentic.access.redis;

import org.jspecify.annotations.NullMarked;
