package org.mcpagentic.agent.model;

import io.smallrye.mutiny.Multi;

/** A language model: one turn in, text and tool calls out. */
public interface LanguageModel {

    /** The name that answers are labelled with, such as {@code offline}. */
    String name();

    /** Most tokens of one turn's prompt, more than zero. */
    long contextTokens();

    /**
     * Asks for the next turn.
     *
     * @return zero or more {@link ModelEvent.TextDelta}, then exactly one {@link ModelEvent.Turn}, then completion;
     *     fails with {@link ModelException}. Cancelling the subscription aborts the call.
     */
    Multi<ModelEvent> next(Prompt prompt);
}
