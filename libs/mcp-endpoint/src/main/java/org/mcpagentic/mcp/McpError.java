package org.mcpagentic.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A failure that the protocol has a code for. What the model itself may repair is no such failure but a result that says so.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/draft/basic/index">Model Context Protocol, error codes</a>
 */
public final class McpError extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** The request is not one of JSON-RPC 2.0. */
    public static final int INVALID_REQUEST = -32600;

    /** There is no such method. */
    public static final int METHOD_NOT_FOUND = -32601;

    /** What the request names does not exist or does not fit. */
    public static final int INVALID_PARAMS = -32602;

    /** The server failed. */
    public static final int INTERNAL = -32603;

    /** The body is not JSON. */
    public static final int PARSE_ERROR = -32700;

    private final int code;
    private final transient Optional<ObjectNode> data;

    /**
     * @param message what the client is told: one of our own sentences, without payloads
     * @param data what a program may read of it
     */
    public McpError(int code, String message, Optional<ObjectNode> data) {
        // why without a stack trace: it is an answer, not an accident
        super(message, null, false, false);
        this.code = code;
        this.data = data;
    }

    /** What the request names does not exist or does not fit. */
    public static McpError invalidParams(String message) {
        return new McpError(INVALID_PARAMS, message, Optional.empty());
    }

    public int code() {
        return code;
    }

    /** What the client is told. */
    public String text() {
        String message = getMessage();
        return message == null ? "" : message;
    }

    public Optional<ObjectNode> data() {
        return data;
    }
}
