package org.mcpagentic.models.flow;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.agent.model.ModelException.Kind;

/** Leaves a model alone that fails: opens when half of the last calls failed, and lets two calls look again after a rest. */
public final class Circuit {

    private static final int WINDOW = 20;
    private static final int FEWEST_CALLS = 10;
    private static final int CALLS_THAT_LOOK_AGAIN = 2;
    private static final float HALF = 50;

    /** What looks again and does not end in this time has failed: longer than a call takes unless told otherwise. */
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(5);

    private final String model;
    private final Duration rest;
    private final CircuitBreaker breaker;

    /** @param rest for how long a failing model is left alone, more than zero */
    public Circuit(String model, Duration rest) {
        this.model = model;
        this.rest = rest;
        this.breaker = CircuitBreaker.of(
                model,
                CircuitBreakerConfig.custom()
                        .slidingWindowType(SlidingWindowType.COUNT_BASED)
                        .slidingWindowSize(WINDOW)
                        .minimumNumberOfCalls(FEWEST_CALLS)
                        .failureRateThreshold(HALF)
                        .waitDurationInOpenState(rest)
                        .permittedNumberOfCallsInHalfOpenState(CALLS_THAT_LOOK_AGAIN)
                        .maxWaitDurationInHalfOpenState(LOOK_AGAIN)
                        .build());
    }

    /** Whether the model is left alone at the moment. */
    public boolean isOpen() {
        return breaker.getState() == State.OPEN;
    }

    /** Lets a call through, whose end is then told; or says why not. */
    Optional<ModelException> refusal() {
        return breaker.tryAcquirePermission()
                ? Optional.empty()
                : Optional.of(new ModelException(
                        Kind.RESTING,
                        "the model " + model + " is left alone for " + rest.toSeconds()
                                + " s, since most calls of it failed",
                        Optional.of(rest)));
    }

    void wentWell(long nanos) {
        breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
    }

    /** Only what says something of the model's health counts; a refused request does not. */
    void failed(long nanos, Throwable failure) {
        if (failure instanceof ModelException known && known.kind() != Kind.TRANSIENT) {
            breaker.releasePermission();
        } else {
            breaker.onError(nanos, TimeUnit.NANOSECONDS, failure);
        }
    }

    void abandoned() {
        breaker.releasePermission();
    }
}
