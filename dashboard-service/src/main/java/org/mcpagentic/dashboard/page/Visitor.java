package org.mcpagentic.dashboard.page;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.mcpagentic.access.AccessConfig;
import org.mcpagentic.access.token.Token;
import org.mcpagentic.dashboard.signin.SessionCookie;
import org.mcpagentic.dashboard.upstream.OnBehalf;

/** Whoever sends the request at hand, as the services are told: the person who is signed in, or the browser. */
@RequestScoped
public class Visitor {
    private final RoutingContext request;
    private final AccessConfig access;

    Visitor(RoutingContext request, AccessConfig access) {
        this.request = request;
        this.access = access;
    }

    /** As whom the services are asked: by the session's own token, or where access control is off by {@link BrowserSession}'s id. */
    public OnBehalf onBehalf() {
        Optional<String> userAgent = Optional.ofNullable(request.request().getHeader(HttpHeaders.USER_AGENT));
        return access.enabled()
                ? new OnBehalf(SessionCookie.read(request.request()).map(Token::text), Optional.empty(), userAgent)
                : new OnBehalf(Optional.empty(), browserSession(), userAgent);
    }

    /** Nothing where the browser keeps no cookies. */
    private Optional<String> browserSession() {
        return Optional.ofNullable(request.request().getCookie(BrowserSession.COOKIE))
                .map(cookie -> cookie.getValue())
                .filter(BrowserSession::isValid);
    }
}
