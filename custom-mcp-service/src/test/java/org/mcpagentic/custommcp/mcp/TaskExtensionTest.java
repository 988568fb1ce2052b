package org.mcpagentic.custommcp.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.custommcp.support.AccessOn;
import org.mcpagentic.custommcp.support.PostNoteTool;
import org.mcpagentic.testsupport.McpClient;
import org.mcpagentic.testsupport.McpClient.Came;
import org.mcpagentic.testsupport.RedisOfTests;
import org.mcpagentic.testsupport.ScriptedModel;
import org.mcpagentic.testsupport.Until;

/** Durable tasks as those of MCP's extension. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
@TestProfile(AccessOn.class)
@Timeout(60)
class TaskExtensionTest {

    private static final int INVALID_PARAMS = -32602;

    @Inject
    ScriptedModel model;

    @Inject
    PostNoteTool notes;

    private McpClient client;

    @BeforeEach
    void meet() {
        AccessOn.first();
        client = McpClient.of(AccessOn.FIRST.text()).takingTasks();
    }

    @Test
    void aCallIsAnsweredWithATaskThatIsReadUntilItIsDone() {
        JsonNode begun = client.call(
                        "run_task", Map.of("input", "What is 6 * 7?", "tools", List.of("calculator"), "wait", 0))
                .result();
        String id = begun.path("taskId").asText();

        JsonNode done = becomes(id, "completed");

        assertThat(begun.path("resultType").asText()).isEqualTo("task");
        assertThat(begun.path("status").asText()).isEqualTo("working");
        assertThat(begun.path("pollIntervalMs").asLong()).isPositive();
        assertThat(begun.path("ttlMs").asLong()).isPositive();
        assertThat(begun.path("createdAt").asText())
                .isEqualTo(done.path("createdAt").asText());
        assertThat(done.path("result").path("content").path(0).path("text").asText())
                .contains("42");
        Declared.to(client).fits("run_task", done.path("result").path("structuredContent"));
    }

    @Test
    void whoDoesNotTakeTasksHasNone() {
        String id = started(Notes.unique("hello"));

        Came came = McpClient.of(AccessOn.FIRST.text()).ask("tasks/get", Map.of("taskId", id));

        assertThat(came.status()).isEqualTo(400);
        assertThat(came.code()).isEqualTo(-32021);
    }

    @Test
    void theTasksOfOthersAreUnknown() throws Exception {
        String input = Notes.unique("mine alone");
        ScriptedModel.Silence silence = model.silentFor(input);
        String id = started(input);
        silence.asked().get(10, TimeUnit.SECONDS);
        String[] rights = {"tasks:read", "tasks:write", "tools:*", "approvals:decide"};

        for (String tenant : List.of("default", "elsewhere")) {
            McpClient other = McpClient.of(AccessOn.key(tenant, rights)).takingTasks();
            for (String method : List.of("tasks/get", "tasks/update", "tasks/cancel")) {
                Came foreign = other.ask(method, Map.of("taskId", id, "inputResponses", Map.of()));
                Came never = other.ask(
                        method, Map.of("taskId", "t0-00000000000000000000000000", "inputResponses", Map.of()));
                Came nonsense = other.ask(method, Map.of("taskId", "nonsense", "inputResponses", Map.of()));

                assertThat(foreign.code()).isEqualTo(INVALID_PARAMS);
                assertThat(foreign.errorMessage())
                        .isEqualTo(never.errorMessage())
                        .isEqualTo(nonsense.errorMessage());
            }
        }
        assertThat(get(id).path("status").asText()).isEqualTo("working");
        client.ask("tasks/cancel", Map.of("taskId", id));
    }

    @Test
    void cancellingStopsTheWork() throws Exception {
        String input = Notes.unique("stop");
        ScriptedModel.Silence silence = model.silentFor(input);
        String id = started(input);
        silence.asked().get(10, TimeUnit.SECONDS);

        Came came = client.ask("tasks/cancel", Map.of("taskId", id));

        assertThat(came.code()).isZero();
        assertThat(silence.cancelled().get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(becomes(id, "cancelled").has("result")).isFalse();
        assertThat(client.ask("tasks/cancel", Map.of("taskId", id)).code()).isZero();
    }

    @Test
    void scopesAreNeededAsElsewhere() {
        String token = AccessOn.key("default", "tasks:write");
        McpClient writer = McpClient.of(token).takingTasks();
        String id = writer.call("run_task", Map.of("input", "hello"))
                .result()
                .path("taskId")
                .asText();

        Came came = writer.ask("tasks/get", Map.of("taskId", id));

        assertThat(came.status()).isEqualTo(403);
        assertThat(came.challenge()).contains("Bearer error=\"insufficient_scope\", scope=\"tasks:read\"");
    }

    @Test
    void whatTheModelRefusesIsAResultThatSaysSo() {
        JsonNode task = becomes(failing(ModelException.Kind.BLOCKED), "completed");

        assertThat(task.path("result").path("isError").asBoolean()).isTrue();
        assertThat(task.path("result").path("content").path(0).path("text").asText())
                .contains("model_blocked");
        assertThat(task.has("error")).isFalse();
        Declared.to(client).fits("run_task", task.path("result").path("structuredContent"));
    }

    @Test
    void soIsADeadlineThatPassed() {
        String input = Notes.unique("too slow");
        model.silentFor(input);
        String id = client.call("run_task", Map.of("input", input, "timeout", 0.3))
                .result()
                .path("taskId")
                .asText();

        JsonNode task = becomes(id, "completed");

        assertThat(task.path("result").path("isError").asBoolean()).isTrue();
        assertThat(task.path("result").path("content").path(0).path("text").asText())
                .contains("deadline_exceeded");
    }

    @Test
    void whatTheModelsServerCouldNotDoIsAFailure() {
        JsonNode task = becomes(failing(ModelException.Kind.KEY_REFUSED), "failed");

        assertThat(task.has("result")).isFalse();
        assertThat(task.path("error").path("message").asText()).startsWith("model_key_refused");
    }

    @Test
    void listenersHearOfEachChange() {
        String input = Notes.unique("listen");
        CompletableFuture<ModelEvent> end = new CompletableFuture<>();
        model.play(input, before -> Multi.createFrom().completionStage(end));
        String id = started(input);
        try (McpClient.Stream stream = client.open(
                "subscriptions/listen",
                Map.of("notifications", Map.of("taskIds", List.of(id, "t0-00000000000000000000000000"))))) {
            JsonNode acknowledged = stream.next("notifications/subscriptions/acknowledged");
            end.complete(ScriptedModel.answer("heard"));

            List<String> statuses = new ArrayList<>();
            JsonNode last;
            do {
                last = stream.next("notifications/tasks").path("params");
                statuses.add(last.path("status").asText());
            } while (last.path("status").asText().equals("working"));

            assertThat(acknowledged.path("params").path("notifications").path("taskIds"))
                    .hasSize(1);
            assertThat(statuses).startsWith("working").endsWith("completed");
            assertThat(last.path("taskId").asText()).isEqualTo(id);
            assertThat(last.path("result").path("content").path(0).path("text").asText())
                    .isEqualTo("heard");
        }
    }

    @Test
    void theTasksOfOthersAreNotListenedTo() throws Exception {
        String input = Notes.unique("whisper");
        ScriptedModel.Silence silence = model.silentFor(input);
        String id = started(input);
        silence.asked().get(10, TimeUnit.SECONDS);
        McpClient other = McpClient.of(AccessOn.key("default", "tasks:read")).takingTasks();

        try (McpClient.Stream stream = other.open(
                "subscriptions/listen",
                Map.of("notifications", Map.of("taskIds", List.of(id), "toolsListChanged", true)))) {
            JsonNode acknowledged = stream.next("notifications/subscriptions/acknowledged");

            assertThat(acknowledged.path("params").path("notifications").has("taskIds"))
                    .isFalse();
        }
        client.ask("tasks/cancel", Map.of("taskId", id));
    }

    @Test
    void whatATaskWantsApprovedIsAForm() {
        String note = Notes.unique("look at me");
        String id = started(Notes.posting(model, note), PostNoteTool.NAME);

        JsonNode task = becomes(id, "input_required");

        assertThat(task.path("inputRequests")).hasSize(1);
        JsonNode request = task.path("inputRequests").iterator().next();
        JsonNode form = request.path("params");
        assertThat(request.path("method").asText()).isEqualTo("elicitation/create");
        assertThat(form.path("message").asText()).contains(id, "post_note", note);
        assertThat(form.path("requestedSchema")
                        .path("properties")
                        .path("decision")
                        .path("enum"))
                .hasSize(2);
        assertThat(form.path("requestedSchema")
                        .path("properties")
                        .path("arguments")
                        .path("default")
                        .asText())
                .contains(note);
        client.ask("tasks/cancel", Map.of("taskId", id));
    }

    @Test
    void anApprovedCallIsMade() {
        String note = Notes.unique("approve me");
        String id = waiting(note);

        Came came = update(client, id, Notes.filledIn(Notes.APPROVE));

        assertThat(came.code()).isZero();
        assertThat(text(becomes(id, "completed"))).isEqualTo("that is all");
        assertThat(notes.texts()).containsOnlyOnce(note);
    }

    @Test
    void theCallIsMadeWithTheArgumentsThatThePersonWrote() {
        String note = Notes.unique("edit me");
        String edited = Notes.unique("edited");
        String id = waiting(note);

        Came came = update(
                client,
                id,
                Notes.filledIn(Map.of("decision", "approve", "arguments", "{\"text\":\"" + edited + "\"}")));

        assertThat(came.code()).isZero();
        becomes(id, "completed");
        assertThat(notes.texts()).containsOnlyOnce(edited).doesNotContain(note);
    }

    @Test
    void argumentsThatAreLeftAsTheyWereAreNoEdit() {
        String note = Notes.unique("same");
        String id = waiting(note);

        update(
                client,
                id,
                Notes.filledIn(Map.of("decision", "approve", "arguments", "{ \"text\" : \"" + note + "\" }")));

        becomes(id, "completed");
        assertThat(notes.texts()).containsOnlyOnce(note);
        assertThat(AccessOn.first().get("/task/{id}", id).jsonPath().getString("approvals[0].status"))
                .isEqualTo("approved");
    }

    @Test
    void theModelReadsWhyThePersonRefused() {
        String note = Notes.unique("refuse me");
        String id = waiting(note);

        update(client, id, Notes.filledIn(Map.of("decision", "refuse", "reason", "not on a Sunday")));

        becomes(id, "completed");
        assertThat(notes.texts()).doesNotContain(note);
        assertThat(AccessOn.first().get("/task/{id}", id).jsonPath().getString("steps[1].output_data"))
                .contains("not on a Sunday");
    }

    @Test
    void aPersonWhoDeclinesRefuses() {
        String note = Notes.unique("decline me");
        String id = waiting(note);

        update(client, id, Map.of("action", "decline"));

        becomes(id, "completed");
        assertThat(notes.texts()).doesNotContain(note);
    }

    @Test
    void aFormThatWasClosedStaysOpen() {
        String note = Notes.unique("close me");
        String id = waiting(note);

        Came came = update(client, id, Map.of("action", "cancel"));

        assertThat(came.code()).isZero();
        assertThat(get(id).path("status").asText()).isEqualTo("input_required");
        client.ask("tasks/cancel", Map.of("taskId", id));
        assertThat(notes.texts()).doesNotContain(note);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '^',
            value = {
                "accept~maybe~",
                "accept~^^~",
                "accept~approve~[1]",
                "accept~approve~{",
                "accept~approve~{\"text\":7}",
                "accept~approve~{\"text\":\"never mind\"}",
                "approve~approve~",
            })
    void garbageDecidesNothing(String action, String decision, @Nullable String arguments) {
        String note = Notes.unique("garbage");
        String id = waiting(note);
        Map<String, Object> content = new HashMap<>(Map.of("decision", decision));
        if (arguments != null) {
            content.put("arguments", arguments);
        }

        Came came = update(client, id, Map.of("action", action, "content", content));

        assertThat(came.code()).isEqualTo(INVALID_PARAMS);
        assertThat(came.errorMessage()).isNotBlank();
        assertThat(get(id).path("status").asText()).isEqualTo("input_required");
        client.ask("tasks/cancel", Map.of("taskId", id));
        assertThat(notes.texts()).doesNotContain(note);
    }

    @Test
    void answersToWhatWasNotAskedAreLeft() {
        String note = Notes.unique("unasked");
        String id = waiting(note);

        Came came = client.ask(
                "tasks/update", Map.of("taskId", id, "inputResponses", Map.of("p0-0", Notes.filledIn(Notes.APPROVE))));

        assertThat(came.code()).isZero();
        assertThat(get(id).path("status").asText()).isEqualTo("input_required");
        client.ask("tasks/cancel", Map.of("taskId", id));
        assertThat(notes.texts()).doesNotContain(note);
    }

    @Test
    void whoMayNotDecideDecidesNothing() {
        String note = Notes.unique("clerk");
        McpClient clerk = McpClient.of(AccessOn.key("default", "tasks:read", "tasks:write", "tools:*"))
                .takingTasks();
        String id = clerk.call("run_task", Notes.task(Notes.posting(model, note)))
                .result()
                .path("taskId")
                .asText();
        Notes.becomes(id, "waiting");

        Came came = update(clerk, id, Notes.filledIn(Notes.APPROVE));

        assertThat(came.status()).isEqualTo(403);
        assertThat(came.challenge()).contains("Bearer error=\"insufficient_scope\", scope=\"approvals:decide\"");
        clerk.ask("tasks/cancel", Map.of("taskId", id));
        assertThat(notes.texts()).doesNotContain(note);
    }

    @Test
    void severalCallsAreDecidedOneByOne() {
        String one = Notes.unique("one");
        String two = Notes.unique("two");
        String id = started(Notes.posting(model, one, two), PostNoteTool.NAME);
        JsonNode open = becomes(id, "input_required").path("inputRequests");
        List<String> names = new ArrayList<>();
        open.fieldNames().forEachRemaining(names::add);

        client.ask(
                "tasks/update",
                Map.of("taskId", id, "inputResponses", Map.of(names.getFirst(), Map.of("action", "decline"))));
        JsonNode between = get(id);
        client.ask(
                "tasks/update",
                Map.of("taskId", id, "inputResponses", Map.of(names.getLast(), Notes.filledIn(Notes.APPROVE))));

        becomes(id, "completed");
        assertThat(names).hasSize(2);
        assertThat(between.path("inputRequests")).hasSize(1);
        assertThat(notes.texts().contains(one)).isNotEqualTo(notes.texts().contains(two));
    }

    private String failing(ModelException.Kind kind) {
        String input = Notes.unique("fail");
        model.play(input, before -> Multi.createFrom().failure(new ModelException(kind, "no", Optional.empty())));
        return started(input);
    }

    private String started(String input, String... tools) {
        return client.call("run_task", Map.of("input", input, "tools", List.of(tools)))
                .result()
                .path("taskId")
                .asText();
    }

    private String waiting(String note) {
        String id = started(Notes.posting(model, note), PostNoteTool.NAME);
        becomes(id, "input_required");
        return id;
    }

    private static Came update(McpClient client, String id, Map<String, ?> answer) {
        JsonNode open = client.ask("tasks/get", Map.of("taskId", id)).result().path("inputRequests");
        return client.ask("tasks/update", Map.of("taskId", id, "inputResponses", Notes.toAll(open, answer)));
    }

    private JsonNode get(String id) {
        return client.ask("tasks/get", Map.of("taskId", id)).result();
    }

    private JsonNode becomes(String id, String status) {
        Until.holds(
                "it is " + status,
                Duration.ofSeconds(10),
                () -> get(id).path("status").asText().equals(status));
        return get(id);
    }

    private static String text(JsonNode task) {
        return task.path("result").path("content").path(0).path("text").asText();
    }
}
