package org.mcpagentic.store;

import java.time.Instant;
import java.util.Optional;

/**
 * One journaled step: what was about to be done, and what came of it.
 *
 * @param step counts from 1 within the task
 * @param attempt the attempt that last intended it
 * @param intent what is done, as the loop wrote it
 * @param startedAt when the intent was written
 * @param outcome what came of it; nothing while it is under way, or when its worker died in between
 */
public record JournalEntry(int step, int attempt, String intent, Instant startedAt, Optional<Outcome> outcome) {

    /**
     * What came of a step.
     *
     * @param payload as the loop wrote it
     * @param finishedAt when it was written
     */
    public record Outcome(String payload, Instant finishedAt) {}
}
