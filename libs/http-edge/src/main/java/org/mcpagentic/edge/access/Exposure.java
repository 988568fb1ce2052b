package org.mcpagentic.edge.access;

/** Who gets what the platform brings: metrics, the API's description. */
public enum Exposure {
    /** Anyone. */
    OPEN,
    /** Requests that came through no proxy: a scraper in the cluster, a developer at the loopback interface. */
    DIRECT,
    /** Callers with the scope for it. */
    AUTHENTICATED,
    /** Nobody. */
    OFF
}
