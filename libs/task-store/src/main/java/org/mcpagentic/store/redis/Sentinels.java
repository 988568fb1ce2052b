package org.mcpagentic.store.redis;

import io.quarkus.redis.client.RedisOptionsCustomizer;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Replaces the clients that are configured to ask Sentinels by {@link SentinelRedis}, with the same settings. */
@Singleton
final class Sentinels implements RedisOptionsCustomizer {

    private final SentinelCredentials credentials;
    private final Map<String, RedisOptions> configured = new ConcurrentHashMap<>();
    private final List<SentinelRedis> opened = new CopyOnWriteArrayList<>();

    /** @throws ConfigurationException where the credentials are malformed */
    Sentinels(StoreConfig config) {
        try {
            this.credentials = SentinelCredentials.of(config.redis().sentinelCredentials());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }

    @Override
    public void customize(String client, RedisOptions options) {
        if (options.getType() == RedisClientType.SENTINEL) {
            // why not a copy: others that customize may come later
            configured.put(client, options);
        }
    }

    /** The same client, or the one in its place. Why Vert.x is given here: the clients are made, and customized, before it can be injected. */
    Redis instead(Vertx vertx, String name, Redis client) {
        return Optional.ofNullable(configured.get(name))
                .map(options -> {
                    SentinelRedis redis = new SentinelRedis(vertx, options, credentials);
                    opened.add(redis);
                    return Redis.newInstance(redis);
                })
                .orElse(client);
    }

    void close() {
        opened.forEach(SentinelRedis::close);
    }
}
