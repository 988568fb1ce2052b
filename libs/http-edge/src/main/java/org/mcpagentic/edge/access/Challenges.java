package org.mcpagentic.edge.access;

import io.vertx.core.http.HttpServerRequest;
import org.mcpagentic.access.Scope;

/**
 * What {@code WWW-Authenticate} says to whoever may not.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3">RFC 6750, section 3</a>
 */
public interface Challenges {

    /** To a request without a good credential. */
    String unauthenticated(HttpServerRequest request);

    /** To a caller that does not hold a scope. */
    String insufficientScope(HttpServerRequest request, Scope missing);
}
