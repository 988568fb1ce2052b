package org.mcpagentic.agent.model;

import java.util.List;
import org.mcpagentic.agent.tool.ToolSpec;

/**
 * All that a model needs for its next turn; a model keeps no state between turns.
 *
 * @param system the standing instruction, possibly empty
 * @param messages the conversation so far, oldest first, beginning with the user's message
 * @param tools what the model may call, possibly nothing
 */
public record Prompt(String system, List<Message> messages, List<ToolSpec> tools) {

    public Prompt {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }
}
