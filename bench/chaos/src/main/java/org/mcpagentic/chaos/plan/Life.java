package org.mcpagentic.chaos.plan;

import java.time.Duration;
import java.util.Optional;

/**
 * What a client does with one task.
 *
 * @param begin when it is created, from the beginning of the run
 * @param twice whether it is created by two requests at once, at different replicas
 * @param run whether it is run at all; one that is not is cancelled
 * @param cancel how long after it was created its cancel is asked for
 * @param follow whether its events are followed beside the polling
 * @param retry what happens when it has ended
 * @param resolution what becomes of a call whose outcome is not known
 */
public record Life(
        Duration begin,
        TaskScript script,
        boolean twice,
        boolean run,
        Optional<Duration> cancel,
        boolean follow,
        Retry retry,
        Resolution resolution,
        long seed) {

    /** Whether a task that has ended is done once more. */
    public enum Retry {
        NONE,
        FROM_START,
        FROM_STEP
    }

    /** What a client decides about a call whose outcome is not known. */
    public enum Resolution {
        REPEAT,
        SKIP,
        RESULT
    }

    public Life {
        if (!run && cancel.isEmpty()) {
            throw new IllegalArgumentException("a task that is not run has to be cancelled, or it would not end");
        }
    }

    /** A task that is created, run and polled, and nothing else. */
    public static Life of(TaskScript script) {
        return new Life(Duration.ZERO, script, false, true, Optional.empty(), false, Retry.NONE, Resolution.REPEAT, 1);
    }

    /** The same, with its events followed. */
    public Life followed() {
        return new Life(begin, script, twice, run, cancel, true, retry, resolution, seed);
    }
}
