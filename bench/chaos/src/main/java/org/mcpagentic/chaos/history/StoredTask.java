package org.mcpagentic.chaos.history;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A task as it was stored at the end.
 *
 * @param label of its script
 * @param queued when it was queued; empty where it never was
 * @param lastText what the model said in the task's last step; empty where that is no turn of the model
 * @param steps what is shown of each finished step
 * @param outcomes when the outcome of each step was journaled
 */
public record StoredTask(
        String id,
        String label,
        String status,
        int attempt,
        Instant created,
        Optional<Instant> queued,
        Optional<String> retryOf,
        Optional<String> result,
        Optional<String> lastText,
        Map<Integer, String> steps,
        Map<Integer, Instant> outcomes,
        List<StoredEvent> events) {

    public static final Set<String> FINAL = Set.of("succeeded", "failed", "cancelled");

    public StoredTask {
        steps = Map.copyOf(steps);
        outcomes = Map.copyOf(outcomes);
        events = List.copyOf(events);
    }

    public boolean isFinal() {
        return FINAL.contains(status);
    }

    /**
     * One of a task's events.
     *
     * @param number from 1
     * @param detail the attempt or the step
     */
    public record StoredEvent(int number, String type, Instant at, int detail) {

        public boolean isStatus() {
            return type.startsWith("task.");
        }

        /** The status that a status event tells of. */
        public String status() {
            return type.substring(type.indexOf('.') + 1);
        }

        public boolean isFinal() {
            return isStatus() && FINAL.contains(status());
        }
    }
}
