package org.mcpagentic.agent.model;

import java.util.List;
import java.util.Optional;
import org.mcpagentic.agent.tool.ToolCall;

/** What a model emits while it works on a turn: text as it comes, then the turn as a whole. */
public sealed interface ModelEvent {

    /** The same event; a turn behind one that failed counts what that has used too. */
    default ModelEvent afterSpending(Usage spent) {
        return switch (this) {
            case TextDelta text -> text;
            case Thinking thinking -> thinking;
            case Answer answer ->
                new Answer(answer.model(), answer.text(), answer.usage().plus(spent), answer.providerState());
            case ToolCalls calls ->
                new ToolCalls(
                        calls.model(),
                        calls.text(),
                        calls.calls(),
                        calls.usage().plus(spent),
                        calls.providerState());
        };
    }

    /** A piece of text, to be shown at once; ephemeral, the turn repeats all of it. */
    record TextDelta(String text) implements ModelEvent {}

    /** A sign of life of a model that thinks: nothing to be shown. */
    record Thinking() implements ModelEvent {}

    /** The whole turn, the last event. */
    sealed interface Turn extends ModelEvent {

        /** The name of the model that took the turn: of a fallback, where one had to answer. */
        String model();

        /** The turn's text, possibly empty. */
        String text();

        Usage usage();

        /** What the provider wants back unread with the next turn (such as thought signatures), as JSON; says itself which provider that is. */
        Optional<String> providerState();
    }

    /** The model is done. */
    record Answer(String model, String text, Usage usage, Optional<String> providerState) implements Turn {}

    /** The model wants tools called before it goes on; at least one. */
    record ToolCalls(String model, String text, List<ToolCall> calls, Usage usage, Optional<String> providerState)
            implements Turn {

        public ToolCalls {
            calls = List.copyOf(calls);
            if (calls.isEmpty()) {
                throw new IllegalArgumentException("a turn of tool calls has at least one call");
            }
        }
    }
}
