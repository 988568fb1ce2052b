package org.mcpagentic.mcptest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mcpagentic.stubmodel.Call;
import org.mcpagentic.stubmodel.Reply;
import org.mcpagentic.testsupport.Until;

/** Real clients do with two replicas, in turn and with a key, what they came for. */
@ExtendWith(NodeNeeded.class)
class ClientsTest {
    private static final Duration JOURNEY = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static NodeTools node;
    private static CustomService service;
    private static RoundRobin proxy;

    @BeforeAll
    static void start(@TempDir Path home) {
        node = NodeTools.of(home);
        service = CustomService.start(2, Map.of("MCP_TASKS_POLL_INTERVAL", "500ms"));
        proxy = RoundRobin.over(service.ports());
        service.model()
                .when("17.5% of 2480")
                .then(
                        Reply.calls(Call.of("calculator", Json.object().put("expression", "17.5% * 2480"))),
                        Reply.text("It is 434."));
        service.model()
                .when("6 * 7")
                .then(
                        Reply.calls(Call.of("calculator", Json.object().put("expression", "6 * 7"))),
                        Reply.text("It is 42."));
        service.model().when("wait for long").then(Reply.silent());
        service.model()
                .when("outlive a replica")
                .then(Reply.perAttempt(Reply.silent(), Reply.text("It was outlived.")));
    }

    @AfterAll
    static void stop() {
        if (proxy != null) {
            proxy.close();
        }
        if (service != null) {
            service.close();
        }
    }

    @Test
    void theClientOfTheCurrentRevisionGoesTheWholeWay() {
        JsonNode seen = journey("client.mjs", "modern");

        assertThat(seen.path("era").asText()).isEqualTo("modern");
        assertWholeWay(seen);
    }

    @Test
    void theSameClientGoesTheWholeWayAsThoseBefore() {
        JsonNode seen = journey("client.mjs", "legacy");

        assertThat(seen.path("era").asText()).isEqualTo("legacy");
        assertWholeWay(seen);
    }

    @Test
    void theClientOfTheFirstGenerationGoesTheWholeWay() {
        JsonNode seen = journey("sdk.mjs");

        assertWholeWay(seen);
    }

    @Test
    void theInspectorListsAndCallsToolsInBothEras() {
        for (String era : List.of("legacy", "modern")) {
            Inspector inspector = inspector(era);

            JsonNode tools = inspector.result("tools/list").path("tools");
            JsonNode calculation = inspector.call("calculator", "{\"expression\": \"17.5% * 2480\"}");

            assertThat(names(tools)).as(era).contains("calculator", "run_task", "submit_task");
            assertThat(calculation.at("/content/0/text").asText()).as(era).contains("434");
            assertThat(calculation.path("isError").asBoolean()).as(era).isFalse();
        }
    }

    @Test
    void theInspectorSubmitsFollowsAndCancelsTasks() {
        Inspector inspector = inspector("modern");
        String task = inspector
                .call("submit_task", "{\"input\": \"wait for long\"}")
                .at("/structuredContent/task_id")
                .asText();
        Until.holds("the task runs", PATIENCE, () -> statusOf(task).equals("running"));

        inspector.call("cancel_task", "{\"task_id\": \"%s\"}".formatted(task));

        Until.holds("the task is cancelled", PATIENCE, () -> statusOf(task).equals("cancelled"));
        assertThat(inspector
                        .call("get_task", "{\"task_id\": \"%s\"}".formatted(task))
                        .at("/structuredContent/status")
                        .asText())
                .isEqualTo("cancelled");
    }

    @Test
    void theInspectorSeesATaskToItsEndAlthoughTheReplicaThatStartedItIsKilled() {
        service.replica(1).kill();
        try (NodeTools.Running run = inspector("modern")
                .start(
                        "tools/call",
                        "--tool-name",
                        "run_task",
                        "--tool-args-json",
                        "{\"input\": \"outlive a replica\"}")) {
            Until.holds("the model is asked", PATIENCE, () -> askedFor("outlive a replica") == 1);
            service.replica(1).restart();
            proxy.awaitAnswer(0, PATIENCE);

            service.replica(0).kill();

            NodeTools.Outcome outcome = run.outcome(Inspector.LIMIT);
            assertThat(outcome.exitCode()).as(outcome.text()).isZero();
            assertThat(outcome.json().at("/result/content/0/text").asText()).isEqualTo("It was outlived.");
            assertThat(askedFor("outlive a replica")).isEqualTo(2);
        } finally {
            service.replica(0).restart();
        }
    }

    private static JsonNode journey(String script, String... more) {
        List<String> arguments = new ArrayList<>(List.of(proxy.uri("/mcp").toString(), CustomService.KEY));
        arguments.addAll(List.of(more));
        NodeTools.Outcome outcome = node.run(JOURNEY, Map.of(), script, arguments);
        assertThat(outcome.exitCode()).as(outcome.text()).isZero();
        return outcome.json();
    }

    private static void assertWholeWay(JsonNode seen) {
        assertThat(seen.path("server").asText()).isEqualTo("custom-mcp-service");
        assertThat(seen.path("tools"))
                .extracting(JsonNode::asText)
                .contains(
                        "calculator", "date_time", "json_query", "submit_task", "run_task", "get_task", "cancel_task");
        assertThat(seen.at("/calculation/content/0/text").asText()).contains("434");
        assertThat(seen.at("/calculation/isError").asBoolean()).isFalse();
        assertThat(seen.at("/refusal/isError").asBoolean())
                .as("a wrong argument is told to the model")
                .isTrue();
        assertThat(seen.at("/submitted/status").asText()).isEqualTo("succeeded");
        assertThat(seen.at("/task/result").asText()).isEqualTo("It is 434.");
        assertThat(seen.at("/run/content/0/text").asText()).isEqualTo("It is 42.");
        assertThat(seen.at("/cancelled/status").asText()).isEqualTo("cancelled");
        assertThat(seen.at("/resource/text").asText()).contains("It is 434.");
        assertThat(seen.at("/journal/text").asText()).contains("calculator");
        assertThat(seen.path("templates"))
                .extracting(JsonNode::asText)
                .contains("task://{task_id}", "task://{task_id}/journal");
        assertThat(seen.path("prompts")).isNotEmpty();
        assertThat(seen.at("/prompt/messages/0/content/text").asText()).isNotEmpty();
        String task = seen.at("/submitted/taskId").asText();
        assertThat(service.rest(1).get("task/" + task).path("result").asText())
                .as("the same task over REST")
                .isEqualTo("It is 434.");
        assertThat(proxy.passed()).as("requests of each replica").allMatch(requests -> requests > 0);
    }

    private static Inspector inspector(String era) {
        return new Inspector(node, proxy.uri("/mcp"), era);
    }

    private static String statusOf(String task) {
        return service.rest(0).get("task/" + task).path("status").asText();
    }

    private static long askedFor(String input) {
        return service.model().requests().stream()
                .filter(request -> request.body().toString().contains(input))
                .count();
    }

    private static List<String> names(JsonNode tools) {
        return StreamSupport.stream(tools.spliterator(), false)
                .map(tool -> tool.path("name").asText())
                .toList();
    }
}
