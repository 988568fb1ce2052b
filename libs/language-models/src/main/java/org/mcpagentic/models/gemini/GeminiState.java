package org.mcpagentic.models.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.mcpagentic.agent.model.ModelEvent.Answer;
import org.mcpagentic.agent.model.ModelEvent.ToolCalls;
import org.mcpagentic.agent.model.ModelEvent.Turn;
import org.mcpagentic.models.wire.WireJson;

/** A turn's parts as they were said, kept with the turn because their signatures must come back where they were. */
final class GeminiState {

    private static final String PROVIDER = "gemini";

    private GeminiState() {}

    static String of(String modelId, ArrayNode parts) {
        ObjectNode state = JsonNodeFactory.instance.objectNode();
        state.put("provider", PROVIDER).put("model", modelId).set("parts", parts);
        return state.toString();
    }

    /** The turn's parts; nothing where another model said them, whose signatures mean nothing to this one. */
    static Optional<ArrayNode> parts(Turn turn, String modelId) {
        return turn.providerState()
                .flatMap(WireJson::object)
                .filter(state -> PROVIDER.equals(state.path("provider").asText()))
                .filter(state -> modelId.equals(state.path("model").asText()))
                .map(state -> state.path("parts"))
                .filter(ArrayNode.class::isInstance)
                .map(ArrayNode.class::cast)
                .filter(parts -> !parts.isEmpty() && calls(parts) == calls(turn));
    }

    private static long calls(ArrayNode parts) {
        return StreamSupport.stream(parts.spliterator(), false)
                .map(part -> part.path("functionCall"))
                .filter(JsonNode::isObject)
                .count();
    }

    private static long calls(Turn turn) {
        return switch (turn) {
            case Answer answer -> 0;
            case ToolCalls calls -> calls.calls().size();
        };
    }
}
