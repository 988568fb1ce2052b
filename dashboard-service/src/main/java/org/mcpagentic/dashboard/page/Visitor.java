package org.mcpagentic.dashboard.page;

import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whoever sends the request at hand, as the services are told: work from one browser counts as one session. */
@RequestScoped
public class Visitor {
    private final RoutingContext request;

    Visitor(RoutingContext request) {
        this.request = request;
    }

    /** The session that {@link BrowserSession} gave this browser, or null where it keeps no cookies. */
    public @Nullable String sessionId() {
        return Optional.ofNullable(request.request().getCookie(BrowserSession.COOKIE))
                .map(cookie -> cookie.getValue())
                .filter(BrowserSession::isValid)
                .orElse(null);
    }

    /** The browser's own {@code User-Agent}: the services tell sessions without an id apart by it. */
    public @Nullable String userAgent() {
        return request.request().getHeader("User-Agent");
    }
}
