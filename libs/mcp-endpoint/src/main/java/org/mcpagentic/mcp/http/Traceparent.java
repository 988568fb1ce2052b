package org.mcpagentic.mcp.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A client's trace context: in the request's {@code _meta}, or the header.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
 */
final class Traceparent {

    private static final Pattern VALID = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private Traceparent() {}

    static Optional<String> of(ObjectNode params, HttpServerRequest request) {
        return Optional.ofNullable(params.path("_meta").path("traceparent").textValue())
                .or(() -> Optional.ofNullable(request.getHeader("traceparent")))
                .filter(text -> VALID.matcher(text).matches());
    }
}
