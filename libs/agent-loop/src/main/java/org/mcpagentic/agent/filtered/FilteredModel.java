package org.mcpagentic.agent.filtered;

import io.smallrye.mutiny.Multi;
import java.util.List;
import java.util.Optional;
import org.mcpagentic.agent.mask.OutputFilter;
import org.mcpagentic.agent.mask.OutputFilter.Pieces;
import org.mcpagentic.agent.model.LanguageModel;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.ModelEvent.Answer;
import org.mcpagentic.agent.model.ModelEvent.TextDelta;
import org.mcpagentic.agent.model.ModelEvent.Thinking;
import org.mcpagentic.agent.model.ModelEvent.ToolCalls;
import org.mcpagentic.agent.model.ModelEvent.Turn;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.agent.model.Prompt;
import org.mcpagentic.agent.model.Usage;

/**
 * A model whose words are filtered before anything is done with them: its text, as it comes and as a whole, the calls that it
 * wants made with their arguments, and what it says of its failures.
 *
 * <p>What the provider wants back repeats the turn's words. Where they were filtered it is dropped, and with it the thoughts'
 * signatures: the turn is sent back as one that another model took.
 */
public final class FilteredModel implements LanguageModel {

    private final LanguageModel model;
    private final OutputFilter filter;
    private final FilteredCalls calls;

    public FilteredModel(LanguageModel model, OutputFilter filter) {
        this.model = model;
        this.filter = filter;
        this.calls = new FilteredCalls(filter);
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
        return Multi.createFrom().deferred(() -> {
            Pieces pieces = filter.pieces();
            return model.next(prompt)
                    .onItem()
                    .<ModelEvent>transformToIterable(event -> filtered(event, pieces))
                    .onFailure(ModelException.class)
                    .transform(failure -> filtered((ModelException) failure));
        });
    }

    private List<ModelEvent> filtered(ModelEvent event, Pieces pieces) {
        return switch (event) {
            case Thinking thinking -> List.of(thinking);
            case TextDelta(String text) -> shown(pieces.take(text));
            case Turn turn -> {
                List<ModelEvent> last = shown(pieces.end());
                Turn filtered = filtered(turn);
                yield last.isEmpty() ? List.of(filtered) : List.of(last.getFirst(), filtered);
            }
        };
    }

    private static List<ModelEvent> shown(String text) {
        return text.isEmpty() ? List.of() : List.of(new TextDelta(text));
    }

    private Turn filtered(Turn turn) {
        String text = filter.whole(turn.text());
        return switch (turn) {
            case Answer answer ->
                new Answer(answer.model(), text, answer.usage(), state(answer, text.equals(answer.text())));
            case ToolCalls wanted -> {
                ToolCalls filtered =
                        new ToolCalls(wanted.model(), text, calls.of(wanted.calls()), wanted.usage(), Optional.empty());
                boolean same = text.equals(wanted.text()) && filtered.calls().equals(wanted.calls());
                yield new ToolCalls(wanted.model(), text, filtered.calls(), wanted.usage(), state(wanted, same));
            }
        };
    }

    private Optional<String> state(Turn turn, boolean same) {
        return turn.providerState().filter(state -> same && filter.whole(state).equals(state));
    }

    private ModelException filtered(ModelException failure) {
        String message = String.valueOf(failure.getMessage());
        String filtered = filter.whole(message);
        if (filtered.equals(message)) {
            return failure;
        }
        ModelException same = new ModelException(failure.kind(), filtered, failure.retryAfter()).after(failure.usage());
        same.setStackTrace(failure.getStackTrace());
        return same;
    }
}
