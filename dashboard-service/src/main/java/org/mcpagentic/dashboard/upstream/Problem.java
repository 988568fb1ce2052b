package org.mcpagentic.dashboard.upstream;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A problem document (RFC 9457) that this service writes itself; those of the services are passed on as they are.
 *
 * @param type a URN that names the code
 * @param title the status in words
 * @param status the HTTP status
 * @param code stable, for programs
 * @param detail for people
 */
@RegisterForReflection
record Problem(String type, String title, int status, String code, String detail) {
    private static final String UPSTREAM_UNAVAILABLE = "upstream_unavailable";

    /** A service could not be reached, or went away in the middle. */
    static Problem unreachable(String service) {
        return upstream(
                "Service Unavailable", 503, service + " cannot be reached; nothing is lost, try again in a moment");
    }

    /** A service answered what its contract does not have. */
    static Problem unusable(String service, int status) {
        return upstream("Bad Gateway", 502, service + " answered " + status + " in a form that cannot be passed on");
    }

    private static Problem upstream(String title, int status, String detail) {
        return new Problem("urn:problem:" + UPSTREAM_UNAVAILABLE, title, status, UPSTREAM_UNAVAILABLE, detail);
    }
}
