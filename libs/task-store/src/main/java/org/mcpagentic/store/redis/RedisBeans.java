package org.mcpagentic.store.redis;

import io.quarkus.redis.client.RedisClientName;
import io.quarkus.redis.runtime.client.config.RedisConfig;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.mcpagentic.store.ApprovalStore;
import org.mcpagentic.store.MemoryStore;
import org.mcpagentic.store.QuestionLedger;
import org.mcpagentic.store.StatisticsReader;
import org.mcpagentic.store.TaskRetention;
import org.mcpagentic.store.TaskStore;
import org.mcpagentic.store.WorkQueue;

/** The store as beans of a service: opened as soon as Redis answers, closed with the service. */
@ApplicationScoped
class RedisBeans {

    private static final Logger LOG = Logger.getLogger(RedisBeans.class);

    private final Sentinels sentinels;
    private final RedisStore store;
    private final Uni<Void> opened;
    private Optional<Cancellable> opening = Optional.empty();

    RedisBeans(
            Redis commands,
            @RedisClientName("leases") Redis leases,
            @RedisClientName("events") Redis events,
            Sentinels sentinels,
            Vertx vertx,
            StoreConfig config,
            StoreMetrics metrics) {
        this.sentinels = sentinels;
        RedisConnections connections = new RedisConnections(
                sentinels.instead(vertx, RedisConfig.DEFAULT_CLIENT_NAME, commands),
                sentinels.instead(vertx, "leases", leases),
                sentinels.instead(vertx, "events", events));
        store = store(connections, config, metrics);
        opened = store.open()
                .onFailure(failure -> !(failure instanceof IllegalStateException))
                .invoke(failure -> LOG.warnf("waiting for Redis reason=%s", failure.getMessage()))
                .onFailure(failure -> !(failure instanceof IllegalStateException))
                .retry()
                .withBackOff(Duration.ofMillis(200), Duration.ofSeconds(2))
                .indefinitely()
                .memoize()
                .indefinitely();
    }

    private static RedisStore store(RedisConnections connections, StoreConfig config, StoreMetrics metrics) {
        try {
            return new RedisStore(connections, config, metrics, Clock.systemUTC());
        } catch (IllegalArgumentException e) {
            // why without its cause: Quarkus shows the message of this one alone
            throw new ConfigurationException(e.getMessage());
        }
    }

    void start(@Observes StartupEvent event) {
        store.listen();
        opening = Optional.of(opened.subscribe().with(done -> LOG.info("the store is open"), failure -> {
            LOG.fatalf("the store cannot be used: %s", failure.getMessage());
            Quarkus.asyncExit(1);
        }));
    }

    void stop(@Observes ShutdownEvent event) {
        opening.ifPresent(Cancellable::cancel);
        store.close();
        sentinels.close();
    }

    /** Completes when the store may be used; never where it does not fit. */
    Uni<Void> opened() {
        return opened;
    }

    @Produces
    @Singleton
    RedisStore store() {
        return store;
    }

    @Produces
    @Singleton
    RedisBase base() {
        return store.base();
    }

    @Produces
    @Singleton
    TaskStore tasks() {
        return store.tasks();
    }

    @Produces
    @Singleton
    ApprovalStore approvals() {
        return store.approvals();
    }

    @Produces
    @Singleton
    WorkQueue queue() {
        return store.queue();
    }

    @Produces
    @Singleton
    TaskRetention retention() {
        return store.retention();
    }

    @Produces
    @Singleton
    QuestionLedger questions() {
        return store.questions();
    }

    @Produces
    @Singleton
    StatisticsReader statistics() {
        return store.statistics();
    }

    @Produces
    @Singleton
    MemoryStore memory() {
        return store.memory();
    }
}
