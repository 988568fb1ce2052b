package org.mcpagentic.stubmodel;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/** Exactly these bytes, whoever asks. */
public record Canned(int status, String contentType, String body, Map<String, String> headers) implements Reply {
    public Canned {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("a final status is 200 to 599, not " + status);
        }
        requireNonNull(contentType, "contentType");
        requireNonNull(body, "body");
        headers = Map.copyOf(headers);
    }
}
