package org.mcpagentic.store.redis;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How long Redis takes, by script, and how often in vain: {@code redis_script_seconds}, {@code redis_script_failures_total}. */
@ApplicationScoped
class StoreMetrics implements LatencyObserver {

    private final MeterRegistry registry;
    private final Map<String, Timer> timers = new ConcurrentHashMap<>();
    private final Map<String, Counter> failures = new ConcurrentHashMap<>();

    StoreMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void observed(String script, Duration took) {
        timers.computeIfAbsent(script, this::timer).record(took);
        // why: a counter that is there from the beginning shows its first rise
        failures.computeIfAbsent(script, this::counter);
    }

    @Override
    public void failed(String script) {
        failures.computeIfAbsent(script, this::counter).increment();
    }

    private Counter counter(String script) {
        return Counter.builder("redis.script.failures")
                .description("Scripts that Redis did not answer in time, was not there for, or refused")
                .tag("script", script.toLowerCase(Locale.ROOT))
                .register(registry);
    }

    private Timer timer(String script) {
        return Timer.builder("redis.script")
                .description("Time that a script in Redis took, network included")
                .tag("script", script.toLowerCase(Locale.ROOT))
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(5))
                .register(registry);
    }
}
