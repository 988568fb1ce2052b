package org.mcpagentic.custommcp.audit;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.mcpagentic.access.AccessSecret;
import org.mcpagentic.access.audit.AuditConfig;
import org.mcpagentic.access.audit.seal.Sealer;
import org.mcpagentic.access.audit.seal.Sealers;
import org.mcpagentic.access.audit.trail.TrailKey;
import org.mcpagentic.access.redis.RedisSealableTrail;
import org.mcpagentic.store.StatisticsReader;
import org.mcpagentic.store.redis.RedisBase;

/**
 * This replica's sealers, from start to stop, where access control is on and the secret is there. Which replica seals a shard is the same;
 * the lease lets in one at a time.
 */
@ApplicationScoped
class SealerBean {

    private static final Logger LOG = Logger.getLogger(SealerBean.class);
    private static final Duration LAST_SEAL = Duration.ofSeconds(3);

    /** After that of the worker, whose tasks may still write entries when they are handed back. */
    private static final int LAST = 10_000;

    private final Optional<Sealers> sealers;

    SealerBean(
            RedisBase base,
            StatisticsReader statistics,
            AuditConfig config,
            SealingMetrics metrics,
            @ConfigProperty(name = "access.enabled", defaultValue = "true") boolean enabled,
            @ConfigProperty(name = "access.secret") Optional<String> secret) {
        this.sealers = secret.filter(text -> enabled && !text.isBlank())
                .map(AccessSecret::of)
                .map(key -> new Sealers(
                        IntStream.range(0, base.shards().count())
                                .mapToObj(shard -> new Sealer(
                                        new RedisSealableTrail(base, shard),
                                        new TrailKey(key, shard),
                                        UUID.randomUUID().toString(),
                                        config,
                                        metrics))
                                .toList(),
                        statistics.changes()));
    }

    void start(@Observes StartupEvent event) {
        sealers.ifPresent(Sealers::start);
    }

    void stop(@Observes @Priority(LAST) ShutdownEvent event) {
        sealers.ifPresent(all -> {
            try {
                // why: this is the shutdown thread, and the process must not go before its last entries are sealed
                all.stop().subscribeAsCompletionStage().get(LAST_SEAL.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
                LOG.warn("the last audit entries could not be sealed; another replica will, or the next start");
            }
        });
    }
}
