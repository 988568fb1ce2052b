package org.mcpagentic.agent.model;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.mcpagentic.agent.tool.ToolSpec;

/**
 * All that a model needs for its next turn; a model keeps no state between turns.
 *
 * @param system the standing instruction, possibly empty
 * @param messages the conversation so far, oldest first, beginning with the user's message
 * @param tools what the model may call, possibly nothing
 * @param mostOutput tokens that the turn may have at most, where less than the model's own bound; more than zero
 */
public record Prompt(String system, List<Message> messages, List<ToolSpec> tools, OptionalLong mostOutput) {

    public Prompt {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }

    /** A prompt for a turn as long as the model will. */
    public Prompt(String system, List<Message> messages, List<ToolSpec> tools) {
        this(system, messages, tools, OptionalLong.empty());
    }

    /** The same for a turn of so many tokens at most: those that were reserved for it. */
    public Prompt within(long tokens) {
        return new Prompt(system, messages, tools, OptionalLong.of(Math.max(1, tokens)));
    }

    /** The bound that counts, where a model has one of its own. */
    public OptionalLong mostOutput(OptionalInt ofModel) {
        if (ofModel.isEmpty()) {
            return mostOutput;
        }
        return OptionalLong.of(Math.min(ofModel.getAsInt(), mostOutput.orElse(Long.MAX_VALUE)));
    }
}
