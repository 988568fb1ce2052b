package org.mcpagentic.agent.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A model's wish to call a tool; untrusted.
 *
 * @param callId the model's id for this call, unique within its turn
 * @param toolName the tool that the model named, which may not exist
 * @param arguments what the model passes
 */
public record ToolCall(String callId, String toolName, ObjectNode arguments) {

    public ToolCall {
        arguments = arguments.deepCopy();
    }
}
