package org.mcpagentic.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A task as it stands.
 *
 * @param attempt how often a worker has claimed it, 0 before the first
 * @param queuedAt when it was first queued
 * @param startedAt when a worker first claimed it
 * @param finishedAt when it reached its final status
 * @param deadline when it fails unless it has ended; nothing before it is queued, or where it has none
 * @param losses every time it was taken away from a worker, in order
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
        Optional<Instant> deadline,
        List<Loss> losses,
        TaskUsage usage) {

    public Task {
        losses = List.copyOf(losses);
    }

    /** One time that a task was taken away from its worker. */
    public record Loss(int attempt, String worker, Reason reason, Instant at) {

        /** Why. */
        public enum Reason {
            /** The worker's lease ended: it died, hung or lost its way to Redis. */
            WORKER_LOST,
            /** The worker lived, but was not done with the step long after the step's deadline. */
            STEP_OVERDUE
        }
    }

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
