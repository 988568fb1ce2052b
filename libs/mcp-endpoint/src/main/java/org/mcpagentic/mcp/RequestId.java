package org.mcpagentic.mcp;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How a client tells its requests apart; another client may use the same.
 *
 * @param value a string of at most {@value #MAX_CHARS} characters, or a number
 */
public record RequestId(JsonNode value) {

    /** Longest text in characters. */
    public static final int MAX_CHARS = 256;

    public RequestId {
        if (!value.isTextual() && !value.isNumber()) {
            throw new IllegalArgumentException("a request's id is a string or a number");
        }
        if (value.asText().length() > MAX_CHARS) {
            throw new IllegalArgumentException("a request's id has at most " + MAX_CHARS + " characters");
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
