package org.mcpagentic.chaos.history;

import java.time.Instant;
import java.util.Map;

/** A worker that was killed, and the attempt of each task that it held. */
public record LostWorker(int replica, Instant at, Map<String, Integer> held) {

    public LostWorker {
        held = Map.copyOf(held);
    }
}
