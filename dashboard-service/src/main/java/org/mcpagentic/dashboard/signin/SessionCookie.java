package org.mcpagentic.dashboard.signin;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mcpagentic.access.token.Token;
import org.mcpagentic.edge.access.Arrival;

/**
 * The cookie that carries a session's token: scripts cannot read it, other sites cannot send it, and the browser sends it for what is below
 * {@code api/} alone.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6265">RFC 6265</a>
 */
public final class SessionCookie {
    static final String NAME = "mcp_session";

    private static final Pattern LOOPBACK =
            Pattern.compile("(?:localhost|127\\.[0-9.]{5,11}|\\[::1])(?::[0-9]+)?", Pattern.CASE_INSENSITIVE);

    private SessionCookie() {}

    /** The session's token, where the request has one; whether it is good is another question. */
    public static Optional<Token> read(HttpServerRequest request) {
        // why any of them: one that was set while access control was off may lie on another path, under the same name
        return request.cookies(NAME).stream()
                .flatMap(cookie -> Token.parse(cookie.getValue()).stream())
                .filter(token -> token.kind() == Token.Kind.SESSION)
                .findFirst();
    }

    /** Gives the browser a session. */
    static void give(Arrival arrival, HttpServerResponse response, Token token, Duration longest) {
        response.addCookie(cookie(arrival, token.text()).setMaxAge(longest.toSeconds()));
    }

    /**
     * Gives the browser a session, in answer to a request that is not below {@code api/}.
     *
     * @param api the path of {@code api}, as browsers see it
     */
    static void give(Arrival arrival, HttpServerResponse response, Token token, Duration longest, String api) {
        response.addCookie(
                cookie(arrival, token.text()).setMaxAge(longest.toSeconds()).setPath(api));
    }

    /** Takes it away. */
    static void clear(Arrival arrival, HttpServerResponse response) {
        response.addCookie(cookie(arrival, "").setMaxAge(0));
    }

    private static boolean isLoopback(Arrival arrival) {
        return arrival.host().filter(host -> LOOPBACK.matcher(host).matches()).isPresent();
    }

    // why no path: the browser then keeps to the directory that it asked, which is right behind a forwarded prefix
    private static Cookie cookie(Arrival arrival, String value) {
        return Cookie.cookie(NAME, value)
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.STRICT)
                // why by the host too: behind an ingress that ends TLS and is not trusted nobody says how the browser
                // came
                .setSecure(arrival.encrypted() || !isLoopback(arrival));
    }
}
