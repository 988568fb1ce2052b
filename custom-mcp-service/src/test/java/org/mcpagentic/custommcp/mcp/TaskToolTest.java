package org.mcpagentic.custommcp.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.custommcp.support.AccessOn;
import org.mcpagentic.custommcp.support.PostNoteTool;
import org.mcpagentic.testsupport.McpClient;
import org.mcpagentic.testsupport.McpClient.Came;
import org.mcpagentic.testsupport.RedisOfTests;
import org.mcpagentic.testsupport.ScriptedModel;

/** The tools about tasks, for clients that take no tasks for answers. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
@TestProfile(AccessOn.class)
@Timeout(60)
class TaskToolTest {

    @Inject
    ScriptedModel model;

    @Inject
    PostNoteTool notes;

    private McpClient client;

    @BeforeEach
    void meet() {
        AccessOn.first();
        client = McpClient.of(AccessOn.FIRST.text());
    }

    @Test
    void aSubmittedTaskGoesOnByItself() {
        Came submitted = client.call("submit_task", Map.of("input", "What is 6 * 7?", "tools", List.of("calculator")));

        String id = submitted.structured().path("task_id").asText();
        Notes.becomes(id, "succeeded");
        Came seen = client.call("get_task", Map.of("task_id", id));
        Declared declared = Declared.to(client);
        declared.fits("submit_task", submitted.structured());
        declared.fits("get_task", seen.structured());
        assertThat(submitted.structured().path("status").asText()).isEqualTo("queued");
        assertThat(seen.structured().path("result").asText()).contains("42");
        assertThat(seen.text()).contains("42");
        assertThat(seen.result().path("content").path(1).path("uri").asText()).isEqualTo("task://" + id);
    }

    @Test
    void whatTheTaskIsMadeOfIsTaken() {
        Came came = client.call(
                "submit_task",
                Map.of(
                        "input",
                        "hello",
                        "model",
                        "offline",
                        "priority",
                        "low",
                        "labels",
                        Map.of("team", "research"),
                        "timeout",
                        90.5));

        JsonNode task = came.structured();
        assertThat(task.path("model").asText()).isEqualTo("offline");
        assertThat(task.path("priority").asText()).isEqualTo("low");
        assertThat(task.path("labels").path("team").asText()).isEqualTo("research");
        assertThat(task.path("timeout").asDouble()).isEqualTo(90.5);
    }

    @Test
    void theSameCallWithTheSameKeyMakesOneTask() {
        Map<String, ?> arguments = Map.of("input", "once", "idempotency_key", Notes.unique("key"));

        Came first = client.call("submit_task", arguments);
        Came second = client.call("submit_task", arguments);

        assertThat(second.structured().path("task_id").asText())
                .startsWith("t")
                .isEqualTo(first.structured().path("task_id").asText());
    }

    @Test
    void otherArgumentsWithTheSameKeyAreRefused() {
        String key = Notes.unique("key");
        client.call("submit_task", Map.of("input", "once", "idempotency_key", key));

        Came came = client.call("submit_task", Map.of("input", "twice", "idempotency_key", key));

        assertThat(came.isError()).isTrue();
        assertThat(came.text()).startsWith("idempotency_mismatch: ");
    }

    @Test
    void aKeyIsTheTenantsAlone() {
        Map<String, ?> arguments = Map.of("input", "once", "idempotency_key", Notes.unique("key"));
        McpClient stranger = McpClient.of(AccessOn.key("elsewhere", "tasks:write"));

        Came first = client.call("submit_task", arguments);
        Came second = stranger.call("submit_task", arguments);

        assertThat(second.isError()).isFalse();
        assertThat(second.structured().path("task_id").asText())
                .isNotEqualTo(first.structured().path("task_id").asText());
    }

    @Test
    void whatIsRefusedIsToldWithTheCodeOfTheRestInterface() {
        assertThat(client.call("submit_task", Map.of("input", "a", "tools", List.of("crystal_ball")))
                        .text())
                .startsWith("unknown_tool: ");
        assertThat(client.call("run_task", Map.of("input", "a", "model", "oracle"))
                        .text())
                .startsWith("unknown_model: ");
        assertThat(McpClient.of(AccessOn.key("default", "tasks:write"))
                        .call("submit_task", Map.of("input", "a", "tools", List.of("calculator")))
                        .text())
                .startsWith("tool_forbidden: ");
    }

    @Test
    void argumentsThatDoNotFitAreForTheModelToRepair() {
        assertThat(client.call("submit_task", Map.of()).text()).contains("input");
        assertThat(client.call("submit_task", Map.of("input", "a", "wait", 1)).isError())
                .isTrue();
        assertThat(client.call("run_task", Map.of("input", "a", "wait", -1)).text())
                .contains("wait");
        assertThat(client.call("submit_task", Map.of("input", "a", "priority", "soon"))
                        .text())
                .contains("priority");
        assertThat(client.call("get_task", Map.of()).text()).contains("task_id");
    }

    @Test
    void tasksOfAnotherTenantAreUnknown() {
        String id = submitted("not for strangers");
        McpClient stranger = McpClient.of(AccessOn.key("elsewhere", "tasks:read", "tasks:write"));

        for (String tool : List.of("get_task", "cancel_task")) {
            Came foreign = stranger.call(tool, Map.of("task_id", id));
            Came never = stranger.call(tool, Map.of("task_id", "t0-00000000000000000000000000"));
            Came nonsense = stranger.call(tool, Map.of("task_id", "nonsense"));

            assertThat(foreign.isError()).isTrue();
            assertThat(foreign.text()).startsWith("not_found: ").isEqualTo(never.text());
            assertThat(nonsense.text()).startsWith("not_found: ");
        }
    }

    @Test
    void aTaskIsCancelled() throws Exception {
        String input = Notes.unique("cancel me");
        ScriptedModel.Silence silence = model.silentFor(input);
        String id = submitted(input);
        silence.asked().get(10, TimeUnit.SECONDS);

        Came came = client.call("cancel_task", Map.of("task_id", id));

        Notes.becomes(id, "cancelled");
        Came again = client.call("cancel_task", Map.of("task_id", id));
        assertThat(came.isError()).isFalse();
        assertThat(came.structured().path("status").asText()).isIn("cancelling", "cancelled");
        assertThat(again.isError()).isFalse();
        assertThat(again.structured().path("status").asText()).isEqualTo("cancelled");
        Declared.to(client).fits("cancel_task", came.structured());
        Declared.to(client).fits("cancel_task", again.structured());
    }

    @Test
    void whatHasEndedIsNotCancelled() {
        String id = client.call("run_task", Map.of("input", "hello"))
                .structured()
                .path("task_id")
                .asText();

        Came came = client.call("cancel_task", Map.of("task_id", id));

        assertThat(came.isError()).isFalse();
        assertThat(came.structured().path("status").asText()).isEqualTo("succeeded");
    }

    @Test
    void aTaskIsRunToItsEnd() {
        Came came = client.call("run_task", Map.of("input", "What is 6 * 7?", "tools", List.of("calculator")));

        assertThat(came.isError()).isFalse();
        assertThat(came.text()).contains("42");
        assertThat(came.structured().path("status").asText()).isEqualTo("succeeded");
        Declared.to(client).fits("run_task", came.structured());
    }

    @Test
    void aSessionsTaskIsRunToItsEndToo() {
        Came came =
                client.inSession().call("run_task", Map.of("input", "What is 6 * 7?", "tools", List.of("calculator")));

        assertThat(came.text()).contains("42");
    }

    @Test
    void aTaskThatFailsIsAFailedCall() {
        String input = Notes.unique("fail");
        model.play(
                input,
                before -> Multi.createFrom()
                        .failure(new ModelException(ModelException.Kind.PERMANENT, "no such model", Optional.empty())));

        Came came = client.call("run_task", Map.of("input", input));
        Came seen = client.call(
                "get_task", Map.of("task_id", came.structured().path("task_id").asText()));

        Declared declared = Declared.to(client);
        declared.fits("run_task", came.structured());
        declared.fits("get_task", seen.structured());
        assertThat(came.isError()).isTrue();
        assertThat(came.text()).contains("model_failed");
        assertThat(seen.isError()).isFalse();
        assertThat(seen.structured().path("error").path("code").asText()).isEqualTo("model_failed");
    }

    @Test
    void withoutAWaitTheTaskIsReturnedAsItIsAndGoesOn() {
        String input = Notes.unique("slow");
        CompletableFuture<ModelEvent> end = new CompletableFuture<>();
        model.play(input, before -> Multi.createFrom().completionStage(end));

        Came came = client.call("run_task", Map.of("input", input, "wait", 0));

        String id = came.structured().path("task_id").asText();
        assertThat(came.isError()).isFalse();
        assertThat(came.structured().path("status").asText()).isIn("queued", "running");
        Declared.to(client).fits("run_task", came.structured());
        end.complete(ScriptedModel.answer("at last"));
        Notes.becomes(id, "succeeded");
    }

    @Test
    void progressIsToldStepByStep() {
        Came came = client.ask(
                "tools/call",
                Map.of(
                        "name",
                        "run_task",
                        "arguments",
                        Map.of("input", "What is 6 * 7?", "tools", List.of("calculator")),
                        "_meta",
                        Map.of("progressToken", "p1")));

        assertThat(came.heard()).isNotEmpty().allSatisfy(message -> {
            assertThat(message.path("method").asText()).isEqualTo("notifications/progress");
            assertThat(message.path("params").path("progressToken").asText()).isEqualTo("p1");
            assertThat(message.path("params").path("message").asText()).isNotBlank();
        });
        List<Double> progress = came.heard().stream()
                .map(message -> message.path("params").path("progress").asDouble())
                .toList();
        assertThat(progress).isSorted().doesNotHaveDuplicates();
        assertThat(came.text()).contains("42");
    }

    @Test
    void closingTheConnectionCancelsTheTask() throws Exception {
        String input = Notes.unique("closed");
        ScriptedModel.Silence silence = model.silentFor(input);
        try (McpClient.Stream stream = client.open(
                "tools/call",
                Map.of("name", "run_task", "arguments", Map.of("input", input), "_meta", Map.of("progressToken", 7)))) {
            stream.next("notifications/progress");
            silence.asked().get(10, TimeUnit.SECONDS);
        }

        assertThat(silence.cancelled().get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aSessionsLostConnectionCancelsNothingButItsCancellationDoes() throws Exception {
        String input = Notes.unique("cancelled");
        ScriptedModel.Silence silence = model.silentFor(input);
        McpClient session = client.inSession();
        String request;
        try (McpClient.Stream stream = session.open(
                "tools/call",
                Map.of("name", "run_task", "arguments", Map.of("input", input), "_meta", Map.of("progressToken", 7)))) {
            stream.next("notifications/progress");
            silence.asked().get(10, TimeUnit.SECONDS);
            request = stream.id();
        }
        assertThat(silence.cancelled().isDone()).isFalse();

        int status = session.tell("notifications/cancelled", Map.of("requestId", Long.parseLong(request)));

        assertThat(status).isEqualTo(202);
        assertThat(silence.cancelled().get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aTaskThatWaitsForSomebodyElseIsReturnedAsThat() {
        String note = Notes.unique("somebody else");

        Came came = client.call("run_task", Notes.task(Notes.posting(model, note)));

        JsonNode task = came.structured();
        Declared declared = Declared.to(client);
        declared.fits("run_task", task);
        declared.fits(
                "get_task",
                client.call("get_task", Map.of("task_id", task.path("task_id").asText()))
                        .structured());
        assertThat(came.isError()).isFalse();
        assertThat(task.path("status").asText()).isEqualTo("waiting");
        assertThat(came.text()).contains("waits for a person", "post_note");
        declared.fits(
                "cancel_task",
                client.call(
                                "cancel_task",
                                Map.of("task_id", task.path("task_id").asText()))
                        .structured());
    }

    @Test
    void aPersonAtTheClientApprovesWhatTheTaskWants() {
        String note = Notes.unique("at the client");
        Map<String, ?> arguments = Notes.task(Notes.posting(model, note));
        McpClient withForms = client.showingForms();

        JsonNode asked = withForms.call("run_task", arguments).result();
        Came came = withForms.answer(
                "run_task", arguments, asked, Notes.toAll(asked.path("inputRequests"), Notes.filledIn(Notes.APPROVE)));

        assertThat(asked.path("resultType").asText()).isEqualTo("input_required");
        assertThat(asked.path("inputRequests").toString()).contains(note);
        assertThat(came.text()).isEqualTo("that is all");
        assertThat(notes.texts()).containsOnlyOnce(note);
    }

    @Test
    void aSessionIsAskedOnTheStreamOfTheCall() {
        String note = Notes.unique("on the stream");
        McpClient session = client.showingForms().inSession();
        try (McpClient.Stream stream = session.open(
                "tools/call", Map.of("name", "run_task", "arguments", Notes.task(Notes.posting(model, note))))) {

            session.reply(stream.next("elicitation/create"), Notes.filledIn(Notes.APPROVE));

            assertThat(stream.answer().text()).isEqualTo("that is all");
            assertThat(notes.texts()).containsOnlyOnce(note);
        }
    }

    @Test
    void aFormThatIsClosedIsNotShownAgain() {
        String note = Notes.unique("close it");
        McpClient session = client.showingForms().inSession();
        try (McpClient.Stream stream = session.open(
                "tools/call", Map.of("name", "run_task", "arguments", Notes.task(Notes.posting(model, note))))) {

            session.reply(stream.next("elicitation/create"), Map.of("action", "cancel"));

            Came came = stream.answer();
            assertThat(came.heard()).isEmpty();
            assertThat(came.structured().path("status").asText()).isEqualTo("waiting");
            client.call(
                    "cancel_task",
                    Map.of("task_id", came.structured().path("task_id").asText()));
        }
    }

    @Test
    void whatComesBackInsteadOfADecisionIsRefused() {
        String note = Notes.unique("garbage");
        Map<String, ?> arguments = Notes.task(Notes.posting(model, note));
        McpClient withForms = client.showingForms();
        JsonNode asked = withForms.call("run_task", arguments).result();

        Came came = withForms.answer(
                "run_task",
                arguments,
                asked,
                Notes.toAll(asked.path("inputRequests"), Notes.filledIn(Map.of("decision", "perhaps"))));

        assertThat(came.code()).isEqualTo(-32602);
        assertThat(notes.texts()).doesNotContain(note);
    }

    @Test
    void whoMayNotDecideIsNotAsked() {
        String note = Notes.unique("may not decide");
        McpClient clerk =
                McpClient.of(AccessOn.key("default", "tasks:write", "tools:*")).showingForms();

        Came came = clerk.call("run_task", Notes.task(Notes.posting(model, note)));

        assertThat(came.structured().path("status").asText()).isEqualTo("waiting");
        clerk.call(
                "cancel_task",
                Map.of("task_id", came.structured().path("task_id").asText()));
        assertThat(notes.texts()).doesNotContain(note);
    }

    private String submitted(String input) {
        return client.call("submit_task", Map.of("input", input))
                .structured()
                .path("task_id")
                .asText();
    }
}
