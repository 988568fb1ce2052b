package org.mcpagentic.stubmodel;

import static java.util.Objects.requireNonNull;

/**
 * What the client says that a tool gave.
 *
 * @param callId the id of the call that it answers, empty where the client sent none
 * @param name the tool's name, as the wire or the call that it answers has it
 * @param text the text; for Gemini the JSON of {@code functionResponse.response}
 */
public record ToolResult(String callId, String name, String text) {
    public ToolResult {
        requireNonNull(callId, "callId");
        requireNonNull(name, "name");
        requireNonNull(text, "text");
    }
}
