package org.mcpagentic.models.flow;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;
import org.mcpagentic.agent.model.ModelException;

/**
 * One call of a model, from its turn to its end, which is told once to the pace, the circuit and the metrics. It may be
 * cancelled at any moment, also while it is being let in: then its turn is given back, and what was begun is cancelled.
 */
final class Attempt {

    private final String model;
    private final Circuit circuit;
    private final ModelMetrics metrics;
    private final long begin = System.nanoTime();
    private Pace.@Nullable Turn turn;
    private @Nullable Subscription call;
    private boolean over;
    private volatile boolean spoke;

    Attempt(String model, Circuit circuit, ModelMetrics metrics) {
        this.model = model;
        this.circuit = circuit;
        this.metrics = metrics;
    }

    /** Begins with a turn; says why not, where the model is left alone. After a cancel nothing begins. */
    synchronized Optional<ModelException> begin(Pace.Turn given) {
        given.take();
        if (over) {
            given.end();
            return Optional.empty();
        }
        Optional<ModelException> refusal = circuit.refusal();
        if (refusal.isPresent()) {
            over = true;
            given.end();
        } else {
            turn = given;
        }
        return refusal;
    }

    /** The call is on its way. */
    void calls(Subscription subscription) {
        boolean late;
        synchronized (this) {
            call = subscription;
            late = over;
        }
        if (late) {
            subscription.cancel();
        }
    }

    /** Whether the model was called. */
    synchronized boolean hasBegun() {
        return turn != null;
    }

    /** The call showed its first text, or its turn. */
    void speaks() {
        if (!spoke) {
            spoke = true;
            metrics.spoke(model, Duration.ofNanos(System.nanoTime() - begin));
        }
    }

    boolean hasSpoken() {
        return spoke;
    }

    void completed() {
        Pace.Turn ended = end();
        if (ended != null) {
            metrics.attempted(model, "succeeded");
            circuit.wentWell(System.nanoTime() - begin);
            ended.wentWell();
        }
    }

    void failed(Throwable failure) {
        Pace.Turn ended = end();
        if (ended == null) {
            return;
        }
        circuit.failed(System.nanoTime() - begin, failure);
        if (!(failure instanceof ModelException known)) {
            metrics.attempted(model, "broken");
            ended.end();
            return;
        }
        metrics.attempted(model, known.kind().code());
        switch (known.kind()) {
            case RATE_LIMITED -> ended.limited(known.retryAfter());
            case QUOTA_EXHAUSTED -> ended.exhausted(known);
            case TRANSIENT, RESTING, KEY_REFUSED, TOO_LONG, BLOCKED, PERMANENT, UNUSABLE -> ended.end();
        }
    }

    /** Nobody waits for it any more. */
    void cancelled() {
        Pace.Turn ended = end();
        Subscription open;
        synchronized (this) {
            open = call;
        }
        if (open != null) {
            open.cancel();
        }
        if (ended != null) {
            metrics.attempted(model, "cancelled");
            circuit.abandoned();
            ended.end();
        }
    }

    /** The turn to give back; nothing where it was, or where there was none. */
    private synchronized Pace.@Nullable Turn end() {
        Pace.Turn ended = over ? null : turn;
        over = true;
        return ended;
    }
}
