package org.mcpagentic.edge.access;

/** Who may use a route. */
public enum Access {
    /** Anyone: what monitoring and browsers fetch before there is a caller. */
    OPEN,
    /** Requests that the {@link Authenticator} knows the sender of; {@link Caller#of} then answers. */
    CALLER
}
