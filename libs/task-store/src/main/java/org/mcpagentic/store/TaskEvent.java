package org.mcpagentic.store;

import java.time.Instant;

/**
 * Something that happened to a task.
 *
 * @param number counts from 1 within the task, without gaps
 * @param type such as {@code task.queued}, {@code step.finished} or {@code approval.requested}
 * @param at Redis' clock
 * @param detail the step's number for {@code step.*} and {@code approval.*}, else the attempt
 */
public record TaskEvent(long number, String type, Instant at, int detail) {

    /** Whether nothing follows it. */
    public boolean isFinal() {
        return type.equals("task.succeeded") || type.equals("task.failed") || type.equals("task.cancelled");
    }

    /** Whether it is about a step of the journal. */
    public boolean isStep() {
        return type.startsWith("step.");
    }

    /** Whether it is about an approval that the task asked for. */
    public boolean isApproval() {
        return type.startsWith("approval.");
    }
}
