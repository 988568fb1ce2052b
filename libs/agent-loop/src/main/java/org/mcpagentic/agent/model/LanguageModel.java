package org.mcpagentic.agent.model;

import io.smallrye.mutiny.Multi;

/** A language model: one turn in, text and tool calls out. */
public interface LanguageModel {

    /** The name that answers are labelled with, such as {@code offline}. */
    String name();

    /** Most tokens of one turn's prompt, more than zero. */
    long contextTokens();

    /**
     * The most that a turn on this prompt is expected to use, which is reserved before it. What the model is asked to write at most
     * bounds the output, where the prompt says so too; the input is an estimate with a reserve.
     */
    default Usage most(Prompt prompt) {
        return new Usage(PromptSize.most(prompt), USUAL_OUTPUT_TOKENS, 0);
    }

    /** Tokens of an answer that has no bound of its own. */
    long USUAL_OUTPUT_TOKENS = 8192;

    /**
     * Asks for the next turn.
     *
     * @return zero or more {@link ModelEvent.TextDelta}, then exactly one {@link ModelEvent.Turn}, then completion;
     *     fails with {@link ModelException}. Cancelling the subscription aborts the call.
     */
    Multi<ModelEvent> next(Prompt prompt);
}
