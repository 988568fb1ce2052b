package org.mcpagentic.stubmodel;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A tool call that the stub makes.
 *
 * @param arguments the JSON text of the arguments, or what is sent in its place
 */
public record Call(String name, String arguments) {
    public Call {
        requireNonNull(name, "name");
        requireNonNull(arguments, "arguments");
    }

    public static Call of(String name, JsonNode arguments) {
        return new Call(name, arguments.toString());
    }

    /** A call without arguments. */
    public static Call of(String name) {
        return new Call(name, "{}");
    }

    /**
     * A call whose arguments are no JSON object, such as <code>{not json</code>. OpenAI's wire carries it as it is;
     * Gemini, which parses what the model wrote, ends with {@code MALFORMED_FUNCTION_CALL} in its place.
     */
    public static Call broken(String name, String arguments) {
        return new Call(name, arguments);
    }

    /** The arguments as an object, empty if they are none. */
    Optional<ObjectNode> parsed() {
        return Json.object(arguments);
    }
}
