package org.mcpagentic.custommcp.tools;

import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.mcpagentic.localredis.LocalRedis;
import org.mcpagentic.store.MemoryStore;
import org.mcpagentic.store.redis.RedisConnections;
import org.mcpagentic.store.redis.RedisStore;
import org.mcpagentic.store.redis.StoreConfig;
import org.mcpagentic.testsupport.Settings;

/** A memory on a Redis of its own, without Quarkus. */
final class Remembering implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final LocalRedis redis;
    private final Redis client;
    final MemoryStore memory;

    private Remembering(LocalRedis redis, Map<String, String> settings) {
        this.redis = redis;
        this.client = Redis.createClient(vertx, redis.url());
        RedisStore store = new RedisStore(
                new RedisConnections(client, client, client),
                Settings.of(StoreConfig.class, settings),
                (script, took) -> {},
                Clock.systemUTC());
        store.open().await().atMost(Duration.ofSeconds(10));
        memory = store.memory();
    }

    static Remembering start(Map<String, String> settings) {
        return new Remembering(LocalRedis.start(), settings);
    }

    LocalRedis redis() {
        return redis;
    }

    @Override
    public void close() {
        client.close();
        vertx.closeAndAwait();
        redis.close();
    }
}
