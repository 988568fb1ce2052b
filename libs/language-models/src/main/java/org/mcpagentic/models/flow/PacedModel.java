package org.mcpagentic.models.flow;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.mcpagentic.agent.model.LanguageModel;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.agent.model.ModelException.Kind;
import org.mcpagentic.agent.model.Prompt;

/**
 * A model whose calls are kept in bounds: as many at once as its provider stands, none while it is left alone, none that hangs.
 * A call that failed before it said anything is made again where that can help and patience lasts.
 */
public final class PacedModel implements LanguageModel {

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    /** Most tries after a refusal for the rate, however short the pauses are that the provider asks for. */
    private static final int MOST_RATE_TRIES = 20;

    private final LanguageModel model;
    private final Pace pace;
    private final Circuit circuit;
    private final Patience patience;
    private final int attempts;
    private final ModelMetrics metrics;

    /** @param attempts how often a call is made in all where it fails for no lasting reason, 1 or more */
    public PacedModel(
            LanguageModel model, Pace pace, Circuit circuit, Patience patience, int attempts, ModelMetrics metrics) {
        this.model = model;
        this.pace = pace;
        this.circuit = circuit;
        this.patience = patience;
        this.attempts = attempts;
        this.metrics = metrics;
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public long contextTokens() {
        return model.contextTokens();
    }

    @Override
    public Multi<ModelEvent> next(Prompt prompt) {
        return Multi.createFrom()
                .deferred(() -> attempt(new Asking(prompt, System.nanoTime(), Vertx.currentContext()), 1, 1));
    }

    /** What stays the same over the attempts of one turn. */
    private record Asking(
            Prompt prompt, long begin, @Nullable Context context) {

        Duration left(Duration patience) {
            Duration left = patience.minusNanos(System.nanoTime() - begin);
            return left.isPositive() ? left : Duration.ofNanos(1);
        }
    }

    private Multi<ModelEvent> attempt(Asking asking, int attempt, int rateTry) {
        AtomicBoolean called = new AtomicBoolean();
        AtomicBoolean spoke = new AtomicBoolean();
        // why not Uni.transformToMulti: it forgets to cancel a call that begins while it is being cancelled
        return pace.turn(asking.left(patience.turn()))
                .toMulti()
                .onItem()
                .transformToMultiAndConcatenate(turn -> {
                    turn.take();
                    called.set(true);
                    return call(turn, asking, spoke);
                })
                .onFailure(
                        failure -> called.get() && !spoke.get() && isWorthAnotherTry(failure, asking, attempt, rateTry))
                .recoverWithMulti(failure -> again((ModelException) failure, asking, attempt, rateTry));
    }

    private boolean isWorthAnotherTry(Throwable failure, Asking asking, int attempt, int rateTry) {
        if (!(failure instanceof ModelException known)) {
            return false;
        }
        Duration left = asking.left(patience.turn());
        return switch (known.kind()) {
            case RATE_LIMITED ->
                rateTry < MOST_RATE_TRIES
                        && known.retryAfter().orElse(Duration.ZERO).compareTo(left) < 0;
            case TRANSIENT -> attempt < attempts && known.retryAfter().isEmpty() && left.compareTo(LONGEST_PAUSE) > 0;
            case RESTING, QUOTA_EXHAUSTED, KEY_REFUSED, TOO_LONG, BLOCKED, PERMANENT, UNUSABLE -> false;
        };
    }

    private Multi<ModelEvent> again(ModelException failure, Asking asking, int attempt, int rateTry) {
        if (failure.kind() == Kind.RATE_LIMITED) {
            // why no pause of its own: the pace lets nobody in before the provider said so
            return attempt(asking, attempt, rateTry + 1);
        }
        Duration pause = Duration.ofMillis(
                ThreadLocalRandom.current().nextLong(SHORTEST_PAUSE.toMillis(), LONGEST_PAUSE.toMillis()));
        return Uni.createFrom()
                .item(pause)
                .onItem()
                .delayIt()
                .by(pause)
                .toMulti()
                .onItem()
                .transformToMultiAndConcatenate(passed -> attempt(asking, attempt + 1, rateTry));
    }

    private Multi<ModelEvent> call(Pace.Turn turn, Asking asking, AtomicBoolean spoke) {
        Optional<ModelException> refusal = circuit.refusal();
        if (refusal.isPresent()) {
            turn.end();
            return Multi.createFrom().failure(refusal.get());
        }
        long begin = System.nanoTime();
        Multi<ModelEvent> events = Multi.createFrom().deferred(() -> model.next(asking.prompt()));
        Context context = asking.context();
        if (context != null && context != Vertx.currentContext()) {
            // why: who waited was let in by another call's end, on that call's event loop
            events = events.runSubscriptionOn(work -> context.runOnContext(nothing -> work.run()));
        }
        AtomicBoolean told = new AtomicBoolean();
        return Watchdog.over(events, name(), patience)
                .onItem()
                .invoke(event -> {
                    if (!spoke.get() && saysSomething(event) && spoke.compareAndSet(false, true)) {
                        metrics.spoke(name(), since(begin));
                    }
                })
                .onTermination()
                .invoke((failure, cancelled) -> {
                    if (told.compareAndSet(false, true)) {
                        tell(turn, begin, failure, cancelled);
                    }
                });
    }

    private static boolean saysSomething(ModelEvent event) {
        return switch (event) {
            case ModelEvent.TextDelta text -> true;
            case ModelEvent.Turn turn -> true;
            case ModelEvent.Thinking thinking -> false;
        };
    }

    private void tell(Pace.Turn turn, long begin, @Nullable Throwable failure, boolean cancelled) {
        if (cancelled) {
            metrics.attempted(name(), "cancelled");
            circuit.abandoned();
            turn.end();
            return;
        }
        if (failure == null) {
            metrics.attempted(name(), "succeeded");
            circuit.wentWell(System.nanoTime() - begin);
            turn.wentWell();
            return;
        }
        circuit.failed(System.nanoTime() - begin, failure);
        if (!(failure instanceof ModelException known)) {
            metrics.attempted(name(), "broken");
            turn.end();
            return;
        }
        metrics.attempted(name(), known.kind().code());
        switch (known.kind()) {
            case RATE_LIMITED -> turn.limited(known.retryAfter());
            case QUOTA_EXHAUSTED -> turn.exhausted(known);
            case TRANSIENT, RESTING, KEY_REFUSED, TOO_LONG, BLOCKED, PERMANENT, UNUSABLE -> turn.end();
        }
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
