package org.mcpagentic.agent.worker;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that nobody sets: a machine's clock that jumps takes no time from a task and gives it none. */
final class SteadyClock implements InstantSource {

    private final long begin = System.nanoTime();

    /** @return the time since this clock was made, as if that had been the epoch */
    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(System.nanoTime() - begin);
    }
}
