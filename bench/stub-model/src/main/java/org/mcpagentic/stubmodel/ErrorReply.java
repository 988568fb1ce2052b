package org.mcpagentic.stubmodel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** An error as a provider says it. */
record ErrorReply(int status, Map<String, String> headers, JsonNode body) {
    ErrorReply {
        headers = Map.copyOf(headers);
    }

    ErrorReply with(Map<String, String> added) {
        return new ErrorReply(status, added, body);
    }
}
