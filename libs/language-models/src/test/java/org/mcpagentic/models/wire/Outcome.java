package org.mcpagentic.models.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Multi;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.ModelEvent.Answer;
import org.mcpagentic.agent.model.ModelEvent.TextDelta;
import org.mcpagentic.agent.model.ModelEvent.ToolCalls;
import org.mcpagentic.agent.model.ModelEvent.Turn;
import org.mcpagentic.agent.model.ModelException;

/** What came of asking a model, once it was over. */
public record Outcome(List<ModelEvent> events, Optional<Throwable> problem) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    public static Outcome of(Multi<ModelEvent> asked) {
        List<ModelEvent> events = new CopyOnWriteArrayList<>();
        CompletableFuture<Optional<Throwable>> over = new CompletableFuture<>();
        asked.subscribe()
                .with(
                        events::add,
                        failure -> over.complete(Optional.of(failure)),
                        () -> over.complete(Optional.empty()));
        Optional<Throwable> problem =
                over.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        return new Outcome(List.copyOf(events), problem);
    }

    /** The pieces of text that were passed on. */
    public List<String> deltas() {
        return events.stream()
                .filter(TextDelta.class::isInstance)
                .map(delta -> ((TextDelta) delta).text())
                .toList();
    }

    public Answer answer() {
        return (Answer) turn();
    }

    public ToolCalls toolCalls() {
        return (ToolCalls) turn();
    }

    /** The turn; there is one, and it is the last event, and its text is what was passed on. */
    public Turn turn() {
        assertThat(problem).isEmpty();
        assertThat(events.stream().filter(Turn.class::isInstance)).hasSize(1);
        Turn turn = (Turn) events.getLast();
        assertThat(String.join("", deltas())).isEqualTo(turn.text());
        return turn;
    }

    public ModelException failure() {
        assertThat(problem).isPresent();
        assertThat(problem.get()).isInstanceOf(ModelException.class);
        assertThat(events).noneMatch(Turn.class::isInstance);
        return (ModelException) problem.get();
    }
}
