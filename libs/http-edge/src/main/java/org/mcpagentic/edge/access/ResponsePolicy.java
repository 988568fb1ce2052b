package org.mcpagentic.edge.access;

import java.util.Optional;

/**
 * The response headers that differ by route.
 *
 * @param contentSecurityPolicy the {@code Content-Security-Policy} of its answers
 * @param cacheControl the {@code Cache-Control} of its answers; when empty, what serves the route decides
 */
public record ResponsePolicy(String contentSecurityPolicy, Optional<String> cacheControl) {

    /** For answers that are data: nothing in them may be run, framed or kept. */
    public static final ResponsePolicy DATA =
            new ResponsePolicy("default-src 'none'; frame-ancestors 'none'", Optional.of("no-store"));
}
