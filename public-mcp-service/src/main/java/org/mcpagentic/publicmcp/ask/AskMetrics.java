package org.mcpagentic.publicmcp.ask;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.mcpagentic.agent.model.Usage;

/** The service's own metrics, named in one place. */
@ApplicationScoped
class AskMetrics {

    private final MeterRegistry registry;

    AskMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void answered(String model, Duration took, Usage usage) {
        timer(model, "succeeded").record(took);
        tokens(model, "input").increment((double) usage.inputTokens());
        tokens(model, "output").increment((double) usage.outputTokens());
    }

    void failed(String model, Duration took) {
        timer(model, "failed").record(took);
    }

    private Timer timer(String model, String outcome) {
        return Timer.builder("gen_ai.client.operation.duration")
                .description("Time that turns of a model took")
                .tag("gen_ai_request_model", model)
                .tag("outcome", outcome)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(2))
                .register(registry);
    }

    private Counter tokens(String model, String type) {
        return Counter.builder("gen_ai.client.tokens")
                .description("Tokens read and written by models")
                .tag("gen_ai_request_model", model)
                .tag("gen_ai_token_type", type)
                .register(registry);
    }
}
