package org.mcpagentic.mcp.content;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * What a tool's call came to.
 *
 * @param content for the model
 * @param structured for programs; of a tool with an output schema it must be there unless it is an error
 * @param isError whether the call failed in a way that the model may read and repair
 */
public record CallResult(List<Content> content, Optional<ObjectNode> structured, boolean isError) {

    public CallResult {
        content = List.copyOf(content);
        structured = structured.map(ObjectNode::deepCopy);
    }

    /** Text alone. */
    public static CallResult text(String text) {
        return new CallResult(List.of(new Content.Text(text)), Optional.empty(), false);
    }

    /** JSON, and the same as text for models that read only that. */
    public static CallResult structured(ObjectNode json) {
        return new CallResult(List.of(new Content.Text(json.toString())), Optional.of(json), false);
    }

    /** A failure that the model may repair. */
    public static CallResult error(String text) {
        return new CallResult(List.of(new Content.Text(text)), Optional.empty(), true);
    }

    /** The same, which went well. */
    public CallResult notFailed() {
        return new CallResult(content, structured, false);
    }
}
