package org.mcpagentic.publicmcp.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mcpagentic.testsupport.Refusals.refused;
import static org.mcpagentic.testsupport.Refusals.request;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mcpagentic.publicmcp.support.Questions;
import org.mcpagentic.store.Claim;
import org.mcpagentic.store.Ending;
import org.mcpagentic.store.NewTask;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.Priority;
import org.mcpagentic.store.Progress;
import org.mcpagentic.store.Progress.StepEntry;
import org.mcpagentic.store.SessionId;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TaskSpec;
import org.mcpagentic.store.TaskStore;
import org.mcpagentic.store.TaskUsage;
import org.mcpagentic.store.TenantId;
import org.mcpagentic.store.WorkQueue;
import org.mcpagentic.testsupport.RedisOfTests;

/** Tasks' model turns are responses too. The journal is written here as a worker of the other service does. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
@Timeout(60)
class ResponseOfTaskTest {

    private static final AtomicLong NUMBERS = new AtomicLong();

    private static final String ASKED = "{\"kind\":\"model\",\"model\":\"offline\"}";

    @Inject
    TaskStore tasks;

    @Inject
    WorkQueue queue;

    @SuppressWarnings("NullAway.Init") // why: set before each test
    private TaskId id;

    @BeforeEach
    void aTaskWithATurnACallAndAnAnswer() {
        TaskSpec spec = new TaskSpec(
                TenantId.DEFAULT,
                new OwnerId("local"),
                new SessionId("session-of-task"),
                Priority.NORMAL,
                "What is 6 * 7?",
                List.of("calculator"),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
        id = await(tasks.create(new NewTask(spec, "test", true, Optional.empty(), List.of())))
                .task()
                .id();
        Claim claim =
                await(queue.tick(
                                0,
                                "worker-" + UUID.randomUUID(),
                                64,
                                UUID.randomUUID().toString(),
                                ""))
                        .claimed()
                        .stream()
                        .map(task -> task.claim())
                        .filter(candidate -> candidate.task().equals(id))
                        .findFirst()
                        .orElseThrow();
        write(claim, List.of(), List.of(new StepEntry(1, ASKED, "")));
        write(
                claim,
                List.of(new StepEntry(
                        1,
                        "{\"kind\":\"tool_calls\",\"text\":\"I calculate.\",\"usage\":{\"input_tokens\":5,\"output_tokens\":6,"
                                + "\"cost_micros\":7},\"calls\":[{\"call_id\":\"c1\",\"tool_name\":\"calculator\",\"arguments\":{}}]}",
                        "")),
                List.of(new StepEntry(
                        2,
                        "{\"kind\":\"tool\",\"side_effects\":\"read_only\",\"call_id\":\"c1\",\"tool_name\":\"calculator\","
                                + "\"arguments\":{}}",
                        "calculator")));
        write(
                claim,
                List.of(new StepEntry(
                        2,
                        "{\"kind\":\"returned\",\"text\":\"42\",\"failed\":false,\"truncated\":false}",
                        "calculator")),
                List.of(new StepEntry(3, ASKED, "")));
        await(queue.end(
                claim,
                progress(
                        List.of(new StepEntry(
                                3,
                                "{\"kind\":\"answer\",\"text\":\"It is 42.\",\"usage\":{\"input_tokens\":8,\"output_tokens\":9,"
                                        + "\"cost_micros\":0}}",
                                "")),
                        List.of()),
                new Ending.Succeeded("It is 42.")));
    }

    @Test
    void theFirstTurnWasPromptedByTheInput() {
        JsonPath response = Questions.read(id + ".1");

        assertThat(response.getMap("$"))
                .containsOnlyKeys(
                        "response_id",
                        "task_id",
                        "prompt",
                        "response",
                        "response_time",
                        "model_used",
                        "created_at",
                        "session_id",
                        "usage")
                .containsEntry("response_id", id + ".1")
                .containsEntry("task_id", id.value())
                .containsEntry("prompt", "What is 6 * 7?")
                .containsEntry("response", "I calculate.")
                .containsEntry("model_used", "offline")
                .containsEntry("session_id", "session-of-task");
        assertThat(response.getMap("usage"))
                .isEqualTo(Map.of("input_tokens", 5, "output_tokens", 6, "cost_usd", 0.000007f));
    }

    @Test
    void aLaterTurnWasPromptedByWhatTheToolsReturned() {
        JsonPath response = Questions.read(id + ".3");

        assertThat(response.getString("prompt")).isEqualTo("42");
        assertThat(response.getString("response")).isEqualTo("It is 42.");
    }

    @Test
    void stepsThatAreNoTurnsAreNoResponses() {
        refused(request("/response/" + id + ".2"), 404, "not_found");
        refused(request("/response/" + id + ".4"), 404, "not_found");
    }

    private void write(Claim claim, List<StepEntry> outcomes, List<StepEntry> intents) {
        assertThat(await(queue.advance(claim, progress(outcomes, intents)))).isTrue();
    }

    private static Progress progress(List<StepEntry> outcomes, List<StepEntry> intents) {
        return new Progress(
                NUMBERS.incrementAndGet(),
                outcomes,
                intents,
                TaskUsage.NONE,
                List.of(),
                List.of(),
                Duration.ofMinutes(1));
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(10));
    }
}
