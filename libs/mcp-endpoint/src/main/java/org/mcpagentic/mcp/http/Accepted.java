package org.mcpagentic.mcp.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a client takes for an answer. The protocol wants it to take both; who takes one alone gets that.
 *
 * @param json a single document
 * @param stream a stream of messages
 */
record Accepted(boolean json, boolean stream) {

    /** What a request says; empty where it takes neither. */
    static Optional<Accepted> by(HttpServerRequest request) {
        String header = String.join(",", request.headers().getAll("Accept"));
        if (header.isBlank()) {
            return Optional.of(new Accepted(true, true));
        }
        Set<String> types = Arrays.stream(header.split(",", -1))
                .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        boolean any = types.contains("*/*");
        Accepted accepted = new Accepted(
                any || types.contains("application/json") || types.contains("application/*"),
                any || types.contains("text/event-stream") || types.contains("text/*"));
        return accepted.json || accepted.stream ? Optional.of(accepted) : Optional.empty();
    }
}
