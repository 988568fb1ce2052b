package org.mcpagentic.edge.access;

import io.vertx.ext.web.RoutingContext;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.SessionId;
import org.mcpagentic.store.TenantId;

/**
 * On whose behalf a request is served.
 *
 * @param userAgent the client's {@code User-Agent}, at most 256 characters, empty when there is none
 */
public record Caller(TenantId tenant, OwnerId owner, SessionId session, String userAgent) {

    private static final String KEY = Caller.class.getName();

    /** Longest {@link #userAgent()} in characters; a longer header is cut. */
    public static final int MAX_USER_AGENT = 256;

    public Caller {
        if (userAgent.length() > MAX_USER_AGENT) {
            throw new IllegalArgumentException("a user agent has at most " + MAX_USER_AGENT + " characters");
        }
    }

    /**
     * The caller of the request under way.
     *
     * @throws IllegalStateException if the route is {@link Access#OPEN} or the gate did not run
     */
    public static Caller of(RoutingContext routing) {
        Caller caller = routing.get(KEY);
        if (caller == null) {
            throw new IllegalStateException("the route has no caller: it is open, or the gate did not run");
        }
        return caller;
    }

    void attachTo(RoutingContext routing) {
        routing.put(KEY, this);
    }
}
