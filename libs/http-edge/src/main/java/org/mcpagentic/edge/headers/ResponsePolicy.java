package org.mcpagentic.edge.headers;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;

/**
 * How browsers may treat an answer. Types are never guessed, nothing is framed, and no address is told to other sites;
 * the rest differs by route.
 *
 * @param contentSecurityPolicy the {@code Content-Security-Policy}
 * @param cacheControl the {@code Cache-Control}; when empty, what serves the route decides
 */
public record ResponsePolicy(String contentSecurityPolicy, Optional<String> cacheControl) {

    /** For answers that are data: nothing in them may be run, framed or kept. */
    public static final ResponsePolicy DATA =
            new ResponsePolicy("default-src 'none'; frame-ancestors 'none'", Optional.of("no-store"));

    /** Sets the headers of an answer that has not begun; what serves the route may still replace them. */
    public void applyTo(HttpServerResponse response) {
        MultiMap headers = response.headers();
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Content-Security-Policy", contentSecurityPolicy);
        cacheControl.ifPresentOrElse(
                value -> headers.set(HttpHeaders.CACHE_CONTROL, value),
                () -> headers.remove(HttpHeaders.CACHE_CONTROL));
    }
}
