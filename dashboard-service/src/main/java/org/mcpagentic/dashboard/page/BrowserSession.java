package org.mcpagentic.dashboard.page;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.mcpagentic.access.AccessConfig;
import org.mcpagentic.edge.access.Arrivals;

/**
 * Gives each browser a random session id with the page, kept in a cookie that scripts cannot read and other sites
 * cannot send. It names a session and grants nothing; where people sign in, their own session stands in its place.
 */
@ApplicationScoped
public class BrowserSession {
    static final String COOKIE = "mcp_session";

    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9_-]{8,64}");
    private static final int RANDOM_BYTES = 18;
    private static final int BEFORE_THE_PAGE = 10;

    private final RandomGenerator random = new SecureRandom();
    private final Arrivals arrivals;

    BrowserSession(Arrivals arrivals) {
        this.arrivals = arrivals;
    }

    void register(@Observes Filters filters, AccessConfig access) {
        if (!access.enabled()) {
            filters.register(this::giveWithThePage, BEFORE_THE_PAGE);
        }
    }

    static boolean isValid(String id) {
        return VALID.matcher(id).matches();
    }

    private void giveWithThePage(RoutingContext request) {
        if (isThePage(request)) {
            Cookie known = request.request().getCookie(COOKIE);
            if (known == null || !isValid(known.getValue())) {
                request.response()
                        .addCookie(newCookie(arrivals.of(request.request()).encrypted()));
            }
        }
        request.next();
    }

    private static boolean isThePage(RoutingContext request) {
        return request.normalizedPath().equals("/") || request.normalizedPath().equals("/index.html");
    }

    // why no path: the browser then keeps to the directory that it asked, which is right behind a forwarded prefix
    private Cookie newCookie(boolean secure) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Cookie.cookie(
                        COOKIE, "s-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes))
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.STRICT)
                .setSecure(secure);
    }
}
