package org.mcpagentic.edge.access;

import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.mcpagentic.access.Principal;
import org.mcpagentic.access.Rights;
import org.mcpagentic.access.Scope;
import org.mcpagentic.access.limit.Bounds;
import org.mcpagentic.edge.problem.ProblemCode;
import org.mcpagentic.edge.problem.ProblemException;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.SessionId;
import org.mcpagentic.store.TenantId;

/**
 * On whose behalf a request is served.
 *
 * @param principal who stands behind its credential
 * @param session what its work is grouped by
 * @param userAgent the client's {@code User-Agent}, at most 256 characters, empty when there is none
 */
public record Caller(Principal principal, SessionId session, String userAgent) {

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
     * @throws IllegalStateException if the route is open or the gate did not run
     */
    public static Caller of(RoutingContext routing) {
        Caller caller = routing.get(KEY);
        if (caller == null) {
            throw new IllegalStateException("the route has no caller: it is open, or the gate did not run");
        }
        return caller;
    }

    /** The caller of the request under way; nothing where there is none, or not yet. */
    static Optional<Caller> known(RoutingContext routing) {
        return Optional.ofNullable(routing.get(KEY));
    }

    public TenantId tenant() {
        return principal.tenant();
    }

    public OwnerId owner() {
        return principal.owner();
    }

    public Rights rights() {
        return principal.rights();
    }

    /** Goes on only where the caller holds a scope; fails with {@code insufficient_scope}. */
    public void require(Scope scope) {
        if (!rights().allow(scope)) {
            throw new ProblemException(
                    ProblemCode.INSUFFICIENT_SCOPE,
                    "this needs the scope " + scope + ", which the caller does not have");
        }
    }

    /** Its limits as guards of the store. */
    public Bounds bounds() {
        return new Bounds(principal.owner(), principal.limits());
    }

    void attachTo(RoutingContext routing) {
        routing.put(KEY, this);
    }
}
