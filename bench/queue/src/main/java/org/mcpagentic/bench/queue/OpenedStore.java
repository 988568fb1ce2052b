package org.mcpagentic.bench.queue;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mcpagentic.store.NewTask;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.Priority;
import org.mcpagentic.store.SessionId;
import org.mcpagentic.store.TaskSpec;
import org.mcpagentic.store.TenantId;
import org.mcpagentic.store.redis.RedisConnections;
import org.mcpagentic.store.redis.RedisStore;
import org.mcpagentic.store.redis.StoreConfig;

/** The store as a service opens it. */
final class OpenedStore implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx();
    private final RedisStore store;

    private OpenedStore(String url) {
        store = new RedisStore(
                new RedisConnections(client(url), client(url), client(url)),
                config(StoreConfig.class, Map.of()),
                (script, took) -> {},
                Clock.systemUTC());
    }

    static OpenedStore on(String url) {
        OpenedStore opened = new OpenedStore(url);
        opened.store.open().await().atMost(PATIENCE);
        opened.store.listen();
        return opened;
    }

    RedisStore store() {
        return store;
    }

    Vertx vertx() {
        return vertx;
    }

    /** A task that has nothing to do, as the task of an ordinary caller is. */
    static NewTask noOp() {
        TaskSpec spec = new TaskSpec(
                TenantId.DEFAULT,
                new OwnerId("local"),
                new SessionId("session-1"),
                Priority.NORMAL,
                "do it",
                List.of(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
        return new NewTask(spec, "bench", true, Optional.empty(), List.of());
    }

    static <T> T config(Class<T> mapping, Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(mapping)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(mapping);
    }

    @Override
    public void close() {
        store.close();
        vertx.closeAndAwait();
    }

    private Redis client(String url) {
        return Redis.createClient(
                vertx, new RedisOptions().setConnectionString(url).setMaxWaitingHandlers(65_536));
    }
}
