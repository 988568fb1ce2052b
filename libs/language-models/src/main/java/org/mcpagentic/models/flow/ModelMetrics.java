package org.mcpagentic.models.flow;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.mcpagentic.agent.model.Usage;

/**
 * The metrics of models, named in one place; after OpenTelemetry's semantic conventions for generative AI where they have a
 * name.
 */
public final class ModelMetrics {

    private static final String MODEL = "gen_ai_request_model";
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final double MICROS = 1e6;

    private final MeterRegistry registry;

    public ModelMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A turn was taken, after all waiting, further attempts and fallbacks. */
    public void answered(String model, Duration took, Usage usage) {
        turns(model, "succeeded").record(took);
        tokens(model, "input", usage.inputTokens() - usage.cachedTokens());
        tokens(model, "cached", usage.cachedTokens());
        tokens(model, "output", usage.outputTokens() - usage.thoughtTokens());
        tokens(model, "thought", usage.thoughtTokens());
        Counter.builder("gen_ai.client.cost")
                .description("US dollars that turns of models cost, from their tokens and the configured prices")
                .baseUnit("usd")
                .tag(MODEL, model)
                .register(registry)
                .increment(usage.costMicros() / MICROS);
    }

    /** A turn was not taken, after all waiting, further attempts and fallbacks. */
    public void failed(String model, Duration took) {
        turns(model, "failed").record(took);
    }

    /** A call showed its first text, or its turn where it has none. */
    public void spoke(String model, Duration after) {
        Timer.builder("gen_ai.client.operation.time_to_first_chunk")
                .description("Time from the call of a model to its first text")
                .tag(MODEL, model)
                .publishPercentileHistogram()
                .minimumExpectedValue(SHORTEST)
                .maximumExpectedValue(LONGEST)
                .register(registry)
                .record(after);
    }

    /** @param outcome {@code succeeded}, {@code cancelled}, {@code broken} or the code of the failure's kind */
    public void attempted(String model, String outcome) {
        Counter.builder("model.attempts")
                .description("Calls of models, each attempt by itself")
                .tag(MODEL, model)
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    /** Another model was asked in a model's place. */
    public void fellBack(String from, String to) {
        Counter.builder("model.fallbacks")
                .description("Turns that another model was asked to take")
                .tag("from", from)
                .tag("to", to)
                .register(registry)
                .increment();
    }

    /** Shows from now on how a model's calls are kept in bounds. */
    public void watch(String model, Pace pace, Circuit circuit) {
        gauge("model.calls.open", model, "Calls of a model that are open in this replica", pace, Pace::open);
        gauge(
                "model.calls.waiting",
                model,
                "Calls of a model that wait for their turn in this replica",
                pace,
                Pace::waiting);
        gauge(
                "model.calls.limit",
                model,
                "Calls of a model that may be open at once in this replica",
                pace,
                Pace::limit);
        gauge(
                "model.circuit.open",
                model,
                "1 while this replica leaves a failing model alone",
                circuit,
                watched -> watched.isOpen() ? 1 : 0);
    }

    private <T> void gauge(String name, String model, String description, T subject, ToDoubleFunction<T> value) {
        Gauge.builder(name, subject, value)
                .description(description)
                .tag(MODEL, model)
                .strongReference(true)
                .register(registry);
    }

    private Timer turns(String model, String outcome) {
        return Timer.builder("gen_ai.client.operation.duration")
                .description("Time that turns of a model took")
                .tag(MODEL, model)
                .tag("outcome", outcome)
                .publishPercentileHistogram()
                .minimumExpectedValue(SHORTEST)
                .maximumExpectedValue(LONGEST)
                .register(registry);
    }

    private void tokens(String model, String type, long count) {
        Counter.builder("gen_ai.client.tokens")
                .description("Tokens read and written by models")
                .tag(MODEL, model)
                .tag("gen_ai_token_type", type)
                .register(registry)
                .increment((double) count);
    }
}
