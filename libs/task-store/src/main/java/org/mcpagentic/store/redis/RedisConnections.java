package org.mcpagentic.store.redis;

import io.vertx.mutiny.redis.client.Redis;

/**
 * The connections to Redis, apart by use so that none waits behind another.
 *
 * @param commands what requests wait for
 * @param leases workers' ticks
 * @param events subscriptions, which keep a connection to themselves
 */
public record RedisConnections(Redis commands, Redis leases, Redis events) {}
