package org.mcpagentic.custommcp.remote.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.mcpagentic.custommcp.remote.client.RemoteException.Kind;

/**
 * JSON-RPC 2.0 as it is read and written.
 *
 * @see <a href="https://www.jsonrpc.org/specification">JSON-RPC 2.0</a>
 */
final class Message {

    /** How deep what a server sends may be. */
    private static final int MOST_DEPTH = 64;

    /** Most characters of an id that a server gives. */
    private static final int MOST_ID = 128;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MOST_DEPTH)
                            .maxNameLength(1_000)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Message() {}

    static ObjectNode request(long id, String method, ObjectNode params) {
        ObjectNode request = notification(method);
        request.put("id", id);
        request.set("params", params);
        return request;
    }

    static ObjectNode notification(String method) {
        return object().put("jsonrpc", "2.0").put("method", method);
    }

    /** Says no to what a server asks us for. */
    static ObjectNode declined(JsonNode request) {
        ObjectNode answer = object().put("jsonrpc", "2.0");
        answer.set("id", request.get("id"));
        answer.putObject("error").put("code", -32_601).put("message", "this client offers nothing to servers");
        return answer;
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static byte[] bytes(JsonNode message) {
        try {
            return JSON.writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can be written", e);
        }
    }

    static String text(JsonNode value) {
        return new String(bytes(value), StandardCharsets.UTF_8);
    }

    /** @throws RemoteException where it is no JSON object, or too deep */
    static JsonNode read(byte[] bytes) throws RemoteException {
        try {
            JsonNode message = JSON.readTree(bytes);
            if (message.isObject()) {
                return message;
            }
        } catch (IOException e) {
            // why without its cause: that one shows what the server sent
        }
        throw new RemoteException(Kind.UNUSABLE, "the server sends something that is no JSON-RPC message");
    }

    static boolean isResponseTo(long id, JsonNode message) {
        return (message.has("result") || message.has("error"))
                && message.path("id").isIntegralNumber()
                && message.path("id").longValue() == id;
    }

    /** Whether a server wants something of us, with an id that may be sent back. */
    static boolean isRequest(JsonNode message) {
        JsonNode id = message.path("id");
        return message.path("method").isTextual()
                && ((id.isTextual() && id.textValue().length() <= MOST_ID)
                        || (id.isIntegralNumber() && id.canConvertToLong()));
    }
}
