package org.mcpagentic.agent.planted;

import io.vertx.mutiny.redis.client.Redis;

/** Breaks a rule on purpose: Redis outside the store's adapters. */
record PlantedRedisUser(Redis redis) {}
