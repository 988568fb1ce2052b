package org.mcpagentic.chaos.history;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** One thing that a client did or saw. */
public sealed interface Observation {

    /** A stream's event about a step that was taken back since does not say which it was. */
    int NOT_TOLD = -1;

    Instant at();

    /** Who: the label of the task's script. */
    String client();

    /** A creation was answered with a 2xx. {@code original} is the task that it repeats, for a retry. */
    record Accepted(
            Instant at, String client, String task, String idempotencyKey, Optional<String> original, boolean replayed)
            implements Observation {}

    /** A task as it was shown. {@code steps} holds what was shown of each finished step. */
    record Seen(
            Instant at,
            String client,
            String task,
            String status,
            int attempt,
            Optional<String> result,
            Map<Integer, String> steps)
            implements Observation {

        public Seen {
            steps = Map.copyOf(steps);
        }
    }

    /**
     * An event of a stream.
     *
     * @param detail the attempt or the step, or {@link #NOT_TOLD}
     * @param step what it showed of a finished step
     */
    record EventSeen(
            Instant at,
            String client,
            String task,
            int number,
            String type,
            Instant happened,
            int detail,
            Optional<String> step)
            implements Observation {}

    /** A client asked for the end of a call whose outcome is not known; noted before it is sent. */
    record Resolving(Instant at, String client, String task, int step, String action) implements Observation {}

    /** A request was answered with something that is neither a 2xx nor a passing 503. */
    record Refused(Instant at, String client, String task, String request, int status, String code)
            implements Observation {}

    /** A request got no answer, or a passing 503; it was repeated. */
    record Unanswered(Instant at, String client, String request, int replica, String reason) implements Observation {}

    /** As a line of JSON. */
    default String json() {
        ObjectNode line = Lines.JSON.createObjectNode();
        line.put("what", getClass().getSimpleName()).put("at", at().toString()).put("client", client());
        switch (this) {
            case Accepted accepted -> {
                line.put("task", accepted.task()).put("key", accepted.idempotencyKey());
                accepted.original().ifPresent(original -> line.put("retry_of", original));
                line.put("replayed", accepted.replayed());
            }
            case Seen seen -> {
                line.put("task", seen.task()).put("status", seen.status()).put("attempt", seen.attempt());
                seen.result().ifPresent(result -> line.put("result", result));
                line.put("finished_steps", seen.steps().size());
            }
            case EventSeen event -> {
                line.put("task", event.task()).put("number", event.number()).put("type", event.type());
                line.put("happened", event.happened().toString()).put("detail", event.detail());
            }
            case Resolving resolving ->
                line.put("task", resolving.task()).put("step", resolving.step()).put("action", resolving.action());
            case Refused refused ->
                line.put("task", refused.task())
                        .put("request", refused.request())
                        .put("status", refused.status())
                        .put("code", refused.code());
            case Unanswered unanswered ->
                line.put("request", unanswered.request())
                        .put("replica", unanswered.replica())
                        .put("reason", unanswered.reason());
        }
        return line.toString();
    }

    /** Writes JSON. */
    final class Lines {
        private static final ObjectMapper JSON = new ObjectMapper();

        private Lines() {}
    }
}
