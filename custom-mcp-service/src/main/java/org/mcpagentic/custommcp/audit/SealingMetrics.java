package org.mcpagentic.custommcp.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.mcpagentic.access.audit.seal.SealingObserver;

/** The sealers' metrics, named in one place. */
@ApplicationScoped
class SealingMetrics implements SealingObserver {

    private final Counter sealed;
    private final Counter failures;
    private final Map<Integer, Duration> oldest = new ConcurrentHashMap<>();

    SealingMetrics(MeterRegistry registry) {
        sealed = Counter.builder("audit.entries.sealed")
                .description("Entries of the audit trail that this replica sealed")
                .register(registry);
        failures = Counter.builder("audit.seal.failures")
                .description("What kept the audit trail from being sealed, or was not as its sealer had left it")
                .register(registry);
        Gauge.builder("audit.unsealed.oldest.age", this::oldestSeconds)
                .baseUnit("seconds")
                .description(
                        "How long the oldest entry of the audit trail waits to be sealed, as this replica saw it last")
                .register(registry);
    }

    private double oldestSeconds() {
        return oldest.values().stream().mapToLong(Duration::toMillis).max().orElse(0) / 1000.0;
    }

    @Override
    public void sealed(int entries) {
        sealed.increment(entries);
    }

    @Override
    public void waiting(int shard, Duration age) {
        oldest.put(shard, age);
    }

    @Override
    public void failed() {
        failures.increment();
    }
}
