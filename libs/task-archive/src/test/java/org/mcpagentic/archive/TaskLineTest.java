package org.mcpagentic.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mcpagentic.archive.EndedTasks.NOON;
import static org.mcpagentic.archive.EndedTasks.events;
import static org.mcpagentic.archive.EndedTasks.id;
import static org.mcpagentic.archive.EndedTasks.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mcpagentic.store.TaskError;
import org.mcpagentic.store.TaskHistory;
import org.mcpagentic.store.TaskState;

/** The line that a task becomes. */
class TaskLineTest {

    @Test
    void holdsAllThatTheStoreKnows() throws JsonProcessingException {
        TaskHistory history = EndedTasks.succeeded(
                id(1), NOON, "42\nexactly", step(1, "{\"turn\":\"offline\"}", "{\"text\":\"42\",\"n\":1.50}"));

        String line = text(history);

        JsonNode expected = new ObjectMapper().readTree("""
                {"format":1,"task_id":"%s","archived_at":"2026-11-22T12:01:00Z","tenant":"acme","owner":"key:7",
                 "session_id":"session-1","priority":"high","input":"What is 6 × 7?","tools":["calculator"],"model":"offline",
                 "labels":{"cost":"low","team":"research"},"retry_of":"%s","schedule_id":"nightly","timeout":90.5,
                 "traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01","status":"succeeded","attempt":2,
                 "created_at":"2026-11-22T11:59:51Z","queued_at":"2026-11-22T11:59:52Z","started_at":"2026-11-22T11:59:53Z",
                 "finished_at":"2026-11-22T12:00:00Z","deadline":"2026-11-22T12:01:22Z","result":"42\\nexactly",
                 "usage":{"input_tokens":10,"output_tokens":5,"cost_micros":1234567,"model_calls":2,"tool_calls":1},
                 "losses":[{"attempt":1,"worker":"worker-a","reason":"worker_lost","at":"2026-11-22T11:59:57Z"}],
                 "steps":[{"step":1,"attempt":1,"started_at":"2026-11-22T12:00:00Z","intent":{"turn":"offline"},
                           "finished_at":"2026-11-22T12:00:00.250Z","outcome":{"text":"42","n":1.50}}],
                 "events":[{"number":1,"type":"task.created","at":"2026-11-22T12:00:00Z","detail":0},
                           {"number":2,"type":"task.succeeded","at":"2026-11-22T12:00:00Z","detail":1}]}
                """.formatted(id(1), id(99)));
        assertThat(new ObjectMapper().readTree(line)).isEqualTo(expected);
        assertThat(line).endsWith("}\n").containsOnlyOnce("\n").contains("\"n\":1.50");
    }

    @Test
    void keepsAsTextWhatIsNoJsonDocument() throws JsonProcessingException {
        TaskHistory history = EndedTasks.succeeded(
                id(1),
                NOON,
                "42",
                step(1, "plain words", "{\"a\":1,\"a\":2}"),
                step(2, "\"quoted\"", "[1] [2]"),
                step(3, "", "[".repeat(5000)));

        JsonNode steps = new ObjectMapper().readTree(text(history)).path("steps");

        assertThat(steps.findValuesAsText("intent")).containsExactly("plain words", "\"quoted\"", "");
        assertThat(steps.findValuesAsText("outcome")).containsExactly("{\"a\":1,\"a\":2}", "[1] [2]", "[".repeat(5000));
    }

    @Test
    void saysWhyATaskDidNotSucceed() throws JsonProcessingException {
        TaskState failed = new TaskState.Failed(new TaskError("model_failed", "The model failed."));
        TaskState expired = new TaskState.Cancelled(Optional.of(new TaskError("task_expired", "Never run.")));
        TaskState cancelled = new TaskState.Cancelled(Optional.empty());

        assertThat(read(failed).at("/error/code").asText()).isEqualTo("model_failed");
        assertThat(read(expired).at("/error/message").asText()).isEqualTo("Never run.");
        assertThat(read(cancelled).has("error")).isFalse();
        assertThat(read(failed).has("result")).isFalse();
    }

    @Test
    void refusesATaskThatHasNotEnded() {
        TaskHistory running = EndedTasks.ended(id(1), "acme", NOON, new TaskState.Running("worker-a"));

        assertThatThrownBy(() -> text(running))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("running");
    }

    private static JsonNode read(TaskState state) throws JsonProcessingException {
        return new ObjectMapper().readTree(text(EndedTasks.ended(id(1), "acme", NOON, state)));
    }

    private static String text(TaskHistory history) {
        List<org.mcpagentic.store.TaskEvent> events = events();
        return new String(TaskLine.of(history, events, NOON.plusSeconds(60)), StandardCharsets.UTF_8);
    }
}
