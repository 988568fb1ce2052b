package org.mcpagentic.mcp.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.mcpagentic.mcp.McpError;
import org.mcpagentic.mcp.RequestId;

/** Messages as the server sends them. */
public final class Reply {

    private Reply() {}

    public static ObjectNode result(RequestId id, ObjectNode result) {
        ObjectNode message = message();
        message.set("id", id.value());
        message.set("result", result);
        return message;
    }

    /** @param id absent where the request's could not be read */
    public static ObjectNode error(Optional<RequestId> id, McpError error) {
        ObjectNode message = message();
        message.set("id", id.<JsonNode>map(RequestId::value).orElse(JsonNodeFactory.instance.nullNode()));
        message.set("error", error(error));
        return message;
    }

    /** The error alone, as a failed task shows it too. */
    public static ObjectNode error(McpError error) {
        ObjectNode node =
                JsonNodeFactory.instance.objectNode().put("code", error.code()).put("message", error.text());
        error.data().ifPresent(data -> node.set("data", data));
        return node;
    }

    public static ObjectNode notification(String method, ObjectNode params) {
        return message().put("method", method).set("params", params);
    }

    /** A request of the server's. */
    public static ObjectNode request(String id, String method, ObjectNode params) {
        return message().put("id", id).put("method", method).set("params", params);
    }

    private static ObjectNode message() {
        return JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
    }
}
