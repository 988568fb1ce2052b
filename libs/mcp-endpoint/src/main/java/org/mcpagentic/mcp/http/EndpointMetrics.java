package org.mcpagentic.mcp.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.mcpagentic.mcp.dispatch.Era;
import org.mcpagentic.mcp.dispatch.Method;

/** How long requests take: {@code mcp_request_seconds}, by method, era and outcome. */
@ApplicationScoped
class EndpointMetrics {

    /** How a request came out. */
    enum Outcome {
        RESULT,
        INPUT_REQUIRED,
        TASK,
        REFUSED,
        FAILED,
        CANCELLED
    }

    private final MeterRegistry registry;
    private final Map<Label, Timer> timers = new ConcurrentHashMap<>();

    EndpointMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param method nothing where there is no such method */
    void observed(Era era, Optional<Method> method, Outcome outcome, Duration took) {
        timers.computeIfAbsent(new Label(era, method, outcome), this::timer).record(took);
    }

    private Timer timer(Label label) {
        return Timer.builder("mcp.request")
                .description("Time that a request of the Model Context Protocol took")
                .tag("method", label.method().map(Method::wireName).orElse("unknown"))
                .tag("era", label.era().name().toLowerCase(Locale.ROOT))
                .tag("outcome", label.outcome().name().toLowerCase(Locale.ROOT))
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(1))
                .register(registry);
    }

    private record Label(Era era, Optional<Method> method, Outcome outcome) {}
}
