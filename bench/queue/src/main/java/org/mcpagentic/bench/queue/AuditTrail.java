package org.mcpagentic.bench.queue;

import io.smallrye.mutiny.Multi;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.mcpagentic.access.AccessSecret;
import org.mcpagentic.access.audit.AuditConfig;
import org.mcpagentic.access.audit.AuditEvent;
import org.mcpagentic.access.audit.seal.Sealer;
import org.mcpagentic.access.audit.seal.SealingObserver;
import org.mcpagentic.access.audit.trail.TrailKey;
import org.mcpagentic.access.audit.verify.TrailVerifier;
import org.mcpagentic.access.audit.verify.Verification;
import org.mcpagentic.access.redis.OpenedTrails;
import org.mcpagentic.access.redis.RedisAuditLog;
import org.mcpagentic.access.redis.RedisSealableTrail;
import org.mcpagentic.localredis.LocalRedis;
import org.mcpagentic.store.TenantId;

/** How long a trail takes to be appended, sealed, and verified three times over. */
final class AuditTrail {

    private static final AccessSecret SECRET =
            AccessSecret.of(Base64.getEncoder().encodeToString(new byte[32]));
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int AT_ONCE = 256;

    private final LocalRedis redis;
    private final int entries;

    AuditTrail(LocalRedis redis, int entries) {
        this.redis = redis;
        this.entries = entries;
    }

    /** Prints figures; answers whether the trail was found to be as it was sealed. */
    boolean run() {
        try (OpenedStore opened = OpenedStore.on(redis.url())) {
            print("appended", timed(() -> append(opened)));
            print("sealed", timed(() -> seal(opened)));
        }
        boolean intact = true;
        for (int i = 0; i < 3; i++) {
            intact &= verify();
        }
        System.out.printf(
                "bytes in Redis per sealed entry: %d%n", Long.parseLong(memory("mcp:{0}:auditsealed")) / entries);
        return intact;
    }

    private void append(OpenedStore opened) {
        RedisAuditLog log = new RedisAuditLog(opened.store().base());
        Multi.createFrom()
                .range(0, entries)
                .onItem()
                .transformToUni(number -> log.append(new AuditEvent(
                        TenantId.DEFAULT,
                        "k0-4g8qz1m0wn3vtd6x",
                        "task.create",
                        "t0-kx2cjz3hv3ra622rejhjf7z963",
                        "number " + number)))
                .merge(AT_ONCE)
                .collect()
                .last()
                .await()
                .atMost(PATIENCE);
    }

    private static void seal(OpenedStore opened) {
        Sealer sealer = new Sealer(
                new RedisSealableTrail(opened.store().base(), 0),
                new TrailKey(SECRET, 0),
                "bench",
                OpenedStore.config(AuditConfig.class, Map.of()),
                new Unobserved());
        while (sealer.look().await().atMost(PATIENCE).isZero()) {
            // why nothing: a look seals a batch, and there is more
        }
        sealer.stop().await().atMost(PATIENCE);
    }

    private boolean verify() {
        try (OpenedTrails trails = OpenedTrails.at(redis.url())) {
            long begin = System.nanoTime();
            Verification found = new TrailVerifier(new TrailKey(SECRET, 0), List.of()).verify(trails.trail(0));
            print("verified", Duration.ofNanos(System.nanoTime() - begin));
            return found.intact() && found.entries() == entries;
        }
    }

    private String memory(String key) {
        return redis.command("MEMORY", "USAGE", key, "SAMPLES", "0");
    }

    private static Duration timed(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private void print(String what, Duration took) {
        System.out.printf(
                "%s %,d entries in %.2f s: %,.0f per second%n",
                what, entries, took.toMillis() / 1e3, entries / (took.toNanos() / 1e9));
    }

    private static final class Unobserved implements SealingObserver {

        @Override
        public void sealed(int entries) {
            // why nothing: only the time counts
        }

        @Override
        public void waiting(int shard, Duration oldest) {
            // why nothing: only the time counts
        }

        @Override
        public void failed() {
            throw new IllegalStateException("the trail could not be sealed");
        }
    }
}
