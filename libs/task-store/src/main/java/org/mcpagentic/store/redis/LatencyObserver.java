package org.mcpagentic.store.redis;

import java.time.Duration;

/** Told how long each script took, network included; for a metric. */
@FunctionalInterface
public interface LatencyObserver {

    /** @param script the script's name, one of a fixed set */
    void observed(String script, Duration took);
}
