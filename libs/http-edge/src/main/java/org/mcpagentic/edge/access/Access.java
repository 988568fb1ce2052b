package org.mcpagentic.edge.access;

import org.mcpagentic.access.Scope;

/** Who may use a route. */
public sealed interface Access {

    /** Anyone: what monitoring and browsers fetch before there is a caller. */
    record Open() implements Access {}

    /** Anyone, as long as the request came straight and not through a proxy: what a cluster keeps to itself. */
    record Direct() implements Access {}

    /** Requests that the {@link Authenticator} knows the sender of; {@link Caller#of} then answers. */
    record Known() implements Access {}

    /** Callers that hold a scope. */
    record Holder(Scope scope) implements Access {}
}
