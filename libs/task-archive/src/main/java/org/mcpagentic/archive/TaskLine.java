package org.mcpagentic.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mcpagentic.store.JournalEntry;
import org.mcpagentic.store.Task;
import org.mcpagentic.store.TaskError;
import org.mcpagentic.store.TaskEvent;
import org.mcpagentic.store.TaskHistory;
import org.mcpagentic.store.TaskSpec;
import org.mcpagentic.store.TaskState;
import org.mcpagentic.store.TaskUsage;

/**
 * An ended task as a line of JSON: all that the store knows of it. Times are RFC 3339 in UTC, durations seconds, costs
 * millionths of a dollar. What it does not have is left out. docs/reference/archive.md lists the fields.
 */
final class TaskLine {

    /** The format of the lines written here. */
    static final int FORMAT = 1;

    private static final JsonMapper JSON = JsonMapper.builder()
            // why all: what is written down is what was there, to the last digit
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // why: 1E+999999999 stays as short as that
            .disable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private TaskLine() {}

    /** The line with its end, in UTF-8. */
    static byte[] of(TaskHistory history, List<TaskEvent> events, Instant archivedAt) {
        Task task = history.task();
        ObjectNode line = JSON.createObjectNode();
        line.put("format", FORMAT);
        line.put("task_id", task.id().value());
        line.put("archived_at", archivedAt.toString());
        put(line, task.spec());
        line.put("status", task.status().wireName());
        line.put("attempt", task.attempt());
        line.put("created_at", task.createdAt().toString());
        put(line, "queued_at", task.queuedAt());
        put(line, "started_at", task.startedAt());
        put(line, "finished_at", task.finishedAt());
        put(line, "deadline", task.deadline());
        ending(line, task.state());
        line.set("usage", usage(task.usage()));
        line.set("losses", losses(task.losses()));
        line.set("steps", steps(history.journal()));
        line.set("events", events(events));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            JSON.writeValue(bytes, line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }

    private static void put(ObjectNode line, TaskSpec spec) {
        line.put("tenant", spec.tenant().value());
        line.put("owner", spec.owner().value());
        line.put("session_id", spec.session().value());
        line.put("priority", spec.priority().wireName());
        line.put("input", spec.input());
        ArrayNode tools = line.putArray("tools");
        spec.tools().forEach(tools::add);
        spec.model().ifPresent(model -> line.put("model", model));
        ObjectNode labels = line.putObject("labels");
        spec.labels().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .forEach(label -> labels.put(label.getKey(), label.getValue()));
        spec.retryOf().ifPresent(id -> line.put("retry_of", id.value()));
        spec.scheduleId().ifPresent(id -> line.put("schedule_id", id));
        spec.timeout().ifPresent(timeout -> line.put("timeout", seconds(timeout)));
        spec.traceparent().ifPresent(trace -> line.put("traceparent", trace));
    }

    private static void ending(ObjectNode line, TaskState state) {
        switch (state) {
            case TaskState.Succeeded(String result) -> line.put("result", result);
            case TaskState.Failed(TaskError error) -> line.set("error", error(error));
            case TaskState.Cancelled(Optional<TaskError> error) ->
                error.ifPresent(reason -> line.set("error", error(reason)));
            case TaskState.Created state1 -> throw notEnded(state1);
            case TaskState.Queued state1 -> throw notEnded(state1);
            case TaskState.Running state1 -> throw notEnded(state1);
            case TaskState.Waiting state1 -> throw notEnded(state1);
            case TaskState.Retrying state1 -> throw notEnded(state1);
            case TaskState.Cancelling state1 -> throw notEnded(state1);
        }
    }

    private static IllegalArgumentException notEnded(TaskState state) {
        return new IllegalArgumentException("a task that is " + state.status().wireName() + " has not ended");
    }

    private static ObjectNode error(TaskError error) {
        return JSON.createObjectNode().put("code", error.code()).put("message", error.message());
    }

    private static ObjectNode usage(TaskUsage usage) {
        return JSON.createObjectNode()
                .put("input_tokens", usage.inputTokens())
                .put("output_tokens", usage.outputTokens())
                .put("cost_micros", usage.costMicros())
                .put("model_calls", usage.modelCalls())
                .put("tool_calls", usage.toolCalls());
    }

    private static ArrayNode losses(List<Task.Loss> losses) {
        ArrayNode list = JSON.createArrayNode();
        for (Task.Loss loss : losses) {
            list.addObject()
                    .put("attempt", loss.attempt())
                    .put("worker", loss.worker())
                    .put("reason", loss.reason().name().toLowerCase(Locale.ROOT))
                    .put("at", loss.at().toString());
        }
        return list;
    }

    private static ArrayNode steps(List<JournalEntry> journal) {
        ArrayNode list = JSON.createArrayNode();
        for (JournalEntry entry : journal) {
            ObjectNode step = list.addObject()
                    .put("step", entry.step())
                    .put("attempt", entry.attempt())
                    .put("started_at", entry.startedAt().toString());
            step.set("intent", payload(entry.intent()));
            entry.outcome().ifPresent(outcome -> {
                step.put("finished_at", outcome.finishedAt().toString());
                step.set("outcome", payload(outcome.payload()));
            });
        }
        return list;
    }

    private static ArrayNode events(List<TaskEvent> events) {
        ArrayNode list = JSON.createArrayNode();
        for (TaskEvent event : events) {
            list.addObject()
                    .put("number", event.number())
                    .put("type", event.type())
                    .put("at", event.at().toString())
                    .put("detail", event.detail());
        }
        return list;
    }

    /** What the loop wrote: JSON where it is an object or a list, else the text itself. */
    private static JsonNode payload(String stored) {
        try {
            JsonNode node = JSON.readTree(stored);
            return node.isContainerNode() ? node : TextNode.valueOf(stored);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(stored);
        }
    }

    private static void put(ObjectNode line, String name, Optional<Instant> time) {
        time.ifPresent(instant -> line.put(name, instant.toString()));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
