package org.mcpagentic.store.redis;

import java.time.Duration;

/** Told how long each script took, network included, and which were in vain; for metrics. */
@FunctionalInterface
public interface LatencyObserver {

    /** @param script the script's name, one of a fixed set */
    void observed(String script, Duration took);

    /**
     * A script that Redis did not answer in time, was not there for, or refused. It is {@link #observed} too.
     *
     * @param script as above
     */
    default void failed(String script) {}
}
