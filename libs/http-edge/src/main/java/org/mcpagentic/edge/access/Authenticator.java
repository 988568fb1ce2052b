package org.mcpagentic.edge.access;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;

/** Tells who sent a request. A service has exactly one; {@link BearerAuthenticator} stands where no other bean does. */
public interface Authenticator {

    /**
     * Called on an event loop, before the body is read; must not block.
     *
     * @return the caller, or a failure with a {@link org.mcpagentic.edge.problem.ProblemException}: {@code unauthenticated}
     *     where the request has no good credential
     */
    Uni<Caller> authenticate(HttpServerRequest request);

    /** The same for a request whose answer is still going on; it does not count as a use of its credential. */
    default Uni<Caller> again(HttpServerRequest request) {
        return authenticate(request);
    }
}
