package org.mcpagentic.store.redis;

/**
 * What other modules build their own stores on: the same connections, the same shards.
 *
 * @param scripts runs scripts and commands; fails with {@link org.mcpagentic.store.StoreException}
 * @param shards where a tenant and its ids live
 */
public record RedisBase(Scripts scripts, Shards shards) {}
