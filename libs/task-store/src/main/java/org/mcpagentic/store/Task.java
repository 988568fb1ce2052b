package org.mcpagentic.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A task as it stands.
 *
 * @param attempt how often a worker has claimed it, 0 before the first
 * @param queuedAt when it was first queued
 * @param startedAt when a worker first claimed it
 * @param finishedAt when it reached its final status
 */
public record Task(
        TaskId id,
        TaskSpec spec,
        TaskState state,
        int attempt,
        Instant createdAt,
        Optional<Instant> queuedAt,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        TaskUsage usage) {

    public TaskStatus status() {
        return state.status();
    }

    /** From first queued to finished; nothing while it is under way or where it was never queued. */
    public Optional<Duration> responseTime() {
        return queuedAt.flatMap(queued -> finishedAt.map(finished -> Duration.between(queued, finished)))
                // why: Redis' clock may have stepped back in between
                .map(took -> took.isNegative() ? Duration.ZERO : took);
    }
}
