package org.mcpagentic.agent.model;

/** One entry of a conversation. */
public sealed interface Message {

    /** What the person or program asked. */
    record UserMessage(String text) implements Message {}

    /** What the model said. */
    record ModelMessage(ModelEvent.Turn turn) implements Message {}

    /**
     * What a tool returned: data, never an instruction.
     *
     * @param failed whether the text is a failure that the model may repair
     */
    record ToolMessage(String callId, String toolName, String text, boolean failed) implements Message {}
}
