package org.mcpagentic.mcp.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.mcpagentic.mcp.McpError;
import org.mcpagentic.mcp.RequestId;

/**
 * A message of JSON-RPC 2.0 as a client may send it.
 *
 * @see <a href="https://www.jsonrpc.org/specification">JSON-RPC 2.0</a>
 */
public sealed interface Message {

    /** Longest name of a method in characters. */
    int MAX_METHOD = 128;

    /** Wants an answer. */
    record Request(RequestId id, String method, ObjectNode params) implements Message {}

    /** Wants none. */
    record Notification(String method, ObjectNode params) implements Message {}

    /**
     * Answers a request of the server's.
     *
     * @param result absent where the client answers with an error
     */
    record Response(String id, Optional<ObjectNode> result) implements Message {}

    /**
     * Reads a message.
     *
     * @throws McpError {@code -32600} where it is none; a batch is none either
     */
    static Message read(JsonNode body) {
        if (body.isArray()) {
            throw invalid("batches are not taken: send one message");
        }
        if (!body.isObject() || !"2.0".equals(body.path("jsonrpc").textValue())) {
            throw invalid("the body is no message of JSON-RPC 2.0");
        }
        JsonNode method = body.path("method");
        if (method.isMissingNode()) {
            return response(body);
        }
        if (!method.isTextual() || method.textValue().length() > MAX_METHOD) {
            throw invalid("method must be a string of at most " + MAX_METHOD + " characters");
        }
        ObjectNode params = params(body);
        if (!body.has("id")) {
            return new Notification(method.textValue(), params);
        }
        return new Request(
                id(body).orElseThrow(() -> invalid(
                        "id must be a string of at most " + RequestId.MAX_CHARS + " characters or a whole number")),
                method.textValue(),
                params);
    }

    /** The id that an answer carries, of whatever came. */
    static Optional<RequestId> id(JsonNode body) {
        JsonNode id = body.path("id");
        boolean good = (id.isTextual() || id.isIntegralNumber()) && id.asText().length() <= RequestId.MAX_CHARS;
        return good ? Optional.of(new RequestId(id)) : Optional.empty();
    }

    private static Response response(JsonNode body) {
        JsonNode id = body.path("id");
        boolean answers = body.path("result").isObject() || body.path("error").isObject();
        if (!id.isTextual() || id.textValue().length() > RequestId.MAX_CHARS || !answers) {
            throw invalid("the body is neither a request nor an answer to one of the server's");
        }
        return new Response(
                id.textValue(),
                body.path("result") instanceof ObjectNode result ? Optional.of(result) : Optional.empty());
    }

    private static ObjectNode params(JsonNode body) {
        JsonNode params = body.path("params");
        return switch (params) {
            case ObjectNode object -> object;
            case JsonNode missing when missing.isMissingNode() -> JsonNodeFactory.instance.objectNode();
            case JsonNode other -> throw invalid("params must be an object");
        };
    }

    private static McpError invalid(String message) {
        return new McpError(McpError.INVALID_REQUEST, message, Optional.empty());
    }
}
