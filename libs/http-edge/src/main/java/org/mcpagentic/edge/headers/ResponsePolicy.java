package org.mcpagentic.edge.headers;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;

/**
 * How browsers may treat an answer. Types are never guessed, nothing is framed or embedded by other sites, windows of other
 * sites get no hold of it, no address is told to them, and no page uses a camera or its like; the rest differs by route.
 *
 * @param contentSecurityPolicy the {@code Content-Security-Policy}
 * @param cacheControl the {@code Cache-Control}; when empty, what serves the route decides
 */
public record ResponsePolicy(String contentSecurityPolicy, Optional<String> cacheControl) {

    /** For answers that are data: nothing in them may be run, framed or kept. */
    public static final ResponsePolicy DATA =
            new ResponsePolicy("default-src 'none'; frame-ancestors 'none'", Optional.of("no-store"));

    /** Nothing here needs what these allow; neither does what might get into a page. */
    private static final String NO_PERMISSIONS =
            "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(),"
                    + " magnetometer=(), microphone=(), midi=(), payment=(), usb=()";

    /** Sets the headers of an answer that has not begun; what serves the route may still replace them. */
    public void applyTo(HttpServerResponse response) {
        MultiMap headers = response.headers();
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Permissions-Policy", NO_PERMISSIONS);
        headers.set("Content-Security-Policy", contentSecurityPolicy);
        cacheControl.ifPresentOrElse(
                value -> headers.set(HttpHeaders.CACHE_CONTROL, value),
                () -> headers.remove(HttpHeaders.CACHE_CONTROL));
    }
}
