package org.mcpagentic.mcp.http;

import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.McpError;

/** Streams without an end of their own, of either era: what an owner has open of them in this process is bounded. */
@ApplicationScoped
class OpenStreams {

    /** Most of an owner. */
    static final int MOST = 32;

    private final Places places = new Places(MOST);

    /**
     * Takes a place for a request until it is over.
     *
     * @return whether there was one
     */
    boolean admit(RoutingContext routing) {
        Optional<Places.Place> place = places.take(Caller.of(routing));
        place.ifPresent(held -> {
            routing.addEndHandler(over -> held.leave());
            // why: of a connection that was lost before, nothing is told any more
            if (routing.response().closed()) {
                held.leave();
            }
        });
        return place.isPresent();
    }

    static McpError tooMany() {
        return new McpError(
                McpError.INVALID_REQUEST, "at most " + MOST + " streams may be open: close one", Optional.empty());
    }
}
