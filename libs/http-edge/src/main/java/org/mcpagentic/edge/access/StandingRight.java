package org.mcpagentic.edge.access;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Asks again, while an answer goes on, whether its caller is still known and may still use the route. */
@FunctionalInterface
public interface StandingRight {

    /**
     * @return fails with {@code unauthenticated} or {@code insufficient_scope} where it is over, with another failure where nobody can
     *     say
     */
    Uni<Void> check();

    /** That of the request under way; nothing where its route is open. */
    static Optional<StandingRight> of(RoutingContext routing) {
        return Optional.ofNullable(routing.get(StandingRight.class.getName()));
    }

    /** Attaches it to a request. */
    default void attachTo(RoutingContext routing) {
        routing.put(StandingRight.class.getName(), this);
    }
}
