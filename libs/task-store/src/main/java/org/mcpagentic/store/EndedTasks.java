package org.mcpagentic.store;

import java.time.Duration;
import java.util.Map;

/**
 * Tasks that ended since the store was created, those that are kept no longer too, and without those that were never run.
 *
 * @param counts how many, by their final status
 * @param took all of them together, each from being queued first to its end
 * @param deadLettered how many failed because their workers died again and again
 */
public record EndedTasks(Map<TaskStatus, Long> counts, Duration took, long deadLettered) {

    public EndedTasks {
        counts = Map.copyOf(counts);
    }
}
