package org.mcpagentic.mcp.dispatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mcpagentic.mcp.McpError;

/** Reads parameters; what does not fit fails with {@code -32602}. */
public final class Params {

    /** Longest name in characters. */
    private static final int MAX_NAME = 2_048;

    private static final int MOST_INPUTS = 64;

    private Params() {}

    /** A text that has to be there. */
    public static String text(JsonNode params, String name) {
        return optionalText(params, name).orElseThrow(() -> McpError.invalidParams(name + " is missing"));
    }

    /** A text that may be there. */
    public static Optional<String> optionalText(JsonNode params, String name) {
        JsonNode value = params.path(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isTextual()
                || value.textValue().isEmpty()
                || value.textValue().length() > MAX_NAME) {
            throw McpError.invalidParams(name + " must be a string of 1 to " + MAX_NAME + " characters");
        }
        return Optional.of(value.textValue());
    }

    /** A cursor; these are longer than names. */
    static Optional<String> cursor(JsonNode params) {
        JsonNode value = params.path("cursor");
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw McpError.invalidParams("cursor must be a string");
        }
        return Optional.of(value.textValue());
    }

    /** An object; an empty one where it is not there. */
    public static ObjectNode object(JsonNode params, String name) {
        JsonNode value = params.path(name);
        if (value.isMissingNode()) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw McpError.invalidParams(name + " must be an object");
    }

    /** An object of texts. */
    static Map<String, String> texts(JsonNode params, String name) {
        Map<String, String> texts = new HashMap<>();
        object(params, name).properties().forEach(entry -> {
            if (!entry.getValue().isTextual()) {
                throw McpError.invalidParams(name + " must be an object of strings");
            }
            texts.put(entry.getKey(), entry.getValue().textValue());
        });
        return texts;
    }

    /** The client's answers to requests of handlers. */
    public static Map<String, ObjectNode> inputs(JsonNode params) {
        ObjectNode given = object(params, "inputResponses");
        if (given.size() > MOST_INPUTS) {
            throw McpError.invalidParams("inputResponses has more than " + MOST_INPUTS + " entries");
        }
        Map<String, ObjectNode> inputs = new LinkedHashMap<>();
        given.properties().forEach(entry -> {
            if (!(entry.getValue() instanceof ObjectNode answer)) {
                throw McpError.invalidParams("inputResponses must be an object of objects");
            }
            inputs.put(entry.getKey(), answer);
        });
        return inputs;
    }
}
