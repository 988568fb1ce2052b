package org.mcpagentic.store.redis;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How long Redis takes, by script: {@code redis_script_seconds}. */
@ApplicationScoped
class StoreMetrics implements LatencyObserver {

    private final MeterRegistry registry;
    private final Map<String, Timer> timers = new ConcurrentHashMap<>();

    StoreMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void observed(String script, Duration took) {
        timers.computeIfAbsent(script, this::timer).record(took);
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
