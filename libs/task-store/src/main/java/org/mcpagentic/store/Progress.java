package org.mcpagentic.store;

import java.time.Duration;
import java.util.List;

/**
 * What a worker writes between two acts: what came of the last ones, and what it is about to do.
 *
 * @param number counts the claim's batches upwards from 1; one that is not above the last written changes nothing, however
 *     late it comes
 * @param outcomes of steps that were intended before
 * @param intents of the steps that follow
 * @param used by the outcomes
 * @param reserve bounds that are evaluated before the intents are written
 * @param settle what is given back to bounds (a negative cost) or taken from them, unconditionally
 * @param stepDeadline after which the task is taken away from a worker that is alive but stuck; more than zero
 */
public record Progress(
        long number,
        List<StepEntry> outcomes,
        List<StepEntry> intents,
        TaskUsage used,
        List<Guard> reserve,
        List<Settlement> settle,
        Duration stepDeadline) {

    public Progress {
        if (number < 1) {
            throw new IllegalArgumentException("a claim's batches count from 1");
        }
        outcomes = List.copyOf(outcomes);
        intents = List.copyOf(intents);
        reserve = List.copyOf(reserve);
        settle = List.copyOf(settle);
        if (!stepDeadline.isPositive()) {
            throw new IllegalArgumentException("a step's deadline is more than zero");
        }
    }

    /**
     * One side of a journaled step.
     *
     * @param step counts from 1
     * @param payload the loop's own text, at most 256 KiB
     * @param tool the tool whose execution it is, empty for a model turn
     * @param effects whether it is a call that may change something, which the audit trail tells of
     */
    public record StepEntry(int step, String payload, String tool, boolean effects) {

        /** A step that changes nothing outside of its task. */
        public StepEntry(int step, String payload, String tool) {
            this(step, payload, tool, false);
        }
    }

    /**
     * What a bound is corrected by.
     *
     * @param name of the {@link Guard}
     * @param delta added to what is counted
     */
    public record Settlement(String name, long delta) {}
}
