package org.mcpagentic.dashboard.upstream;

import io.quarkus.logging.Log;
import java.time.Duration;
import org.mcpagentic.edge.problem.ProblemCode;
import org.mcpagentic.edge.problem.ProblemException;

/** What the browser is told where a service gives no answer that can be passed on. */
final class Outage {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private Outage() {}

    /** A service could not be reached, or went away in the middle: 503, and logged. */
    static ProblemException unreachable(String service, Throwable failure) {
        Log.warnf("service unreachable service=%s failure=%s", service, failure.toString());
        return new ProblemException(
                ProblemCode.UPSTREAM_UNAVAILABLE,
                service + " cannot be reached; nothing is lost, try again in a moment",
                RETRY);
    }

    /** A service answered what its contract does not have: 502. */
    static ProblemException unusable(String service, int status) {
        return new ProblemException(
                ProblemCode.UPSTREAM_UNUSABLE, service + " answered " + status + " in a form that cannot be passed on");
    }
}
