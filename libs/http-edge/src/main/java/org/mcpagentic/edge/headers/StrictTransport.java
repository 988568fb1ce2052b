package org.mcpagentic.edge.headers;

import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Tells browsers that came by TLS to come by TLS only. Where an ingress ends TLS, it is the ingress that says so, for all that it
 * serves on that host.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6797">RFC 6797</a>
 */
@ApplicationScoped
class StrictTransport {

    /** A year. Not for subdomains, which may be others'. */
    private static final String YEAR = "max-age=31536000";

    void install(@Observes Router router) {
        // why before everything: refusals carry it too
        router.route().order(Integer.MIN_VALUE).handler(routing -> {
            if (routing.request().isSSL()) {
                routing.response().putHeader("Strict-Transport-Security", YEAR);
            }
            routing.next();
        });
    }
}
