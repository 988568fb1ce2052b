package org.mcpagentic.agent.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A model's wish to call a tool; untrusted.
 *
 * @param callId the model's id for this call, unique within its turn
 * @param toolName the tool that the model named, which may not exist
 * @param arguments what the model passes; empty where it was no JSON object
 * @param flaw why the arguments could not be read, for the model to repair
 */
public record ToolCall(String callId, String toolName, ObjectNode arguments, Optional<String> flaw) {

    public ToolCall {
        arguments = arguments.deepCopy();
    }

    /** A call whose arguments could be read. */
    public ToolCall(String callId, String toolName, ObjectNode arguments) {
        this(callId, toolName, arguments, Optional.empty());
    }

    /** A call whose arguments could not be read. */
    public static ToolCall flawed(String callId, String toolName, String flaw) {
        return new ToolCall(callId, toolName, JsonNodeFactory.instance.objectNode(), Optional.of(flaw));
    }
}
