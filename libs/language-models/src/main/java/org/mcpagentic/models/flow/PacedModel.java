package org.mcpagentic.models.flow;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.mcpagentic.agent.model.LanguageModel;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.agent.model.ModelException.Kind;
import org.mcpagentic.agent.model.Prompt;
import org.mcpagentic.agent.model.Usage;

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
    public Usage most(Prompt prompt) {
        return model.most(prompt);
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

    private Multi<ModelEvent> attempt(Asking asking, int number, int rateTry) {
        Attempt attempt = new Attempt(name(), circuit, metrics);
        return pace.turn(asking.left(patience.turn()))
                .toMulti()
                .onItem()
                .transformToMultiAndConcatenate(turn -> attempt.begin(turn)
                        .<Multi<ModelEvent>>map(refusal -> Multi.createFrom().failure(refusal))
                        .orElseGet(() -> attempt.hasBegun()
                                ? call(attempt, asking)
                                : Multi.createFrom().empty()))
                .onCancellation()
                .invoke(attempt::cancelled)
                .onFailure(failure -> attempt.hasBegun()
                        && !attempt.hasSpoken()
                        && isWorthAnotherTry(failure, asking, number, rateTry))
                .recoverWithMulti(failure -> again((ModelException) failure, asking, number, rateTry));
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

    private Multi<ModelEvent> call(Attempt attempt, Asking asking) {
        Multi<ModelEvent> events = Multi.createFrom().deferred(() -> model.next(asking.prompt()));
        Context context = asking.context();
        if (context != null && context != Vertx.currentContext()) {
            // why: who waited was let in by another call's end, on that call's event loop
            events = events.runSubscriptionOn(work -> context.runOnContext(nothing -> work.run()));
        }
        return Watchdog.over(events, name(), patience)
                .onSubscription()
                .invoke(attempt::calls)
                .onItem()
                .invoke(event -> {
                    if (saysSomething(event)) {
                        attempt.speaks();
                    }
                })
                .onFailure()
                .invoke(attempt::failed)
                .onCompletion()
                .invoke(attempt::completed);
    }

    private static boolean saysSomething(ModelEvent event) {
        return switch (event) {
            case ModelEvent.TextDelta text -> true;
            case ModelEvent.Turn turn -> true;
            case ModelEvent.Thinking thinking -> false;
        };
    }
}
