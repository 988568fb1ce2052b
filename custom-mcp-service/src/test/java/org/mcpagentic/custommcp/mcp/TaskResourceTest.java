package org.mcpagentic.custommcp.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.Usage;
import org.mcpagentic.agent.tool.ToolCall;
import org.mcpagentic.custommcp.support.AccessOn;
import org.mcpagentic.testsupport.McpClient;
import org.mcpagentic.testsupport.McpClient.Came;
import org.mcpagentic.testsupport.RedisOfTests;
import org.mcpagentic.testsupport.ScriptedModel;

/** Tasks that MCP clients read as resources. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
@TestProfile(AccessOn.class)
@Timeout(60)
class TaskResourceTest {

    private static final String NEVER = "t0-00000000000000000000000000";
    private static final int INVALID_PARAMS = -32602;

    @Inject
    ScriptedModel model;

    @Inject
    ObjectMapper json;

    private McpClient client;

    @BeforeEach
    void meet() {
        AccessOn.first();
        client = McpClient.of(AccessOn.FIRST.text());
    }

    @Test
    void whatATaskIsCameToAndDidCanBeRead() throws JsonProcessingException {
        String id = ended();

        JsonNode whole = json.readTree(content("task://" + id).path("text").asText());
        JsonNode result = content("task://" + id + "/result");
        JsonNode journal =
                json.readTree(content("task://" + id + "/journal").path("text").asText());

        assertThat(whole.path("task_id").asText()).isEqualTo(id);
        assertThat(whole.path("status").asText()).isEqualTo("succeeded");
        assertThat(result.path("uri").asText()).isEqualTo("task://" + id + "/result");
        assertThat(result.path("mimeType").asText()).isEqualTo("text/plain");
        assertThat(result.path("text").asText())
                .contains("42")
                .isEqualTo(whole.path("result").asText());
        assertThat(journal.path("task_id").asText()).isEqualTo(id);
        assertThat(journal.path("steps").findValuesAsText("kind")).containsExactly("model", "tool", "model");
    }

    @Test
    void theTenantsTasksAreListedPageByPageNewestFirst() {
        // why so many: more than fit on one page
        String tenant = "lists-of-mcp";
        McpClient lister = McpClient.of(AccessOn.key(tenant, "tasks:read", "tasks:write"));
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            made.add("task://" + submitted(lister, "list me " + i));
        }

        JsonNode first = lister.ask("resources/list", Map.of()).result();
        List<String> all = lister.list("resources/list", "resources").stream()
                .map(resource -> resource.path("uri").asText())
                .toList();

        assertThat(first.path("resources")).hasSize(100);
        assertThat(first.path("nextCursor").asText()).isNotEmpty();
        assertThat(first.path("resources").path(0).path("title").asText()).isEqualTo("list me 100");
        assertThat(first.path("resources")
                        .path(0)
                        .path("icons")
                        .path(0)
                        .path("src")
                        .asText())
                .startsWith("data:image/svg+xml");
        assertThat(all).containsExactlyElementsOf(made.reversed());
    }

    @Test
    void templatesSayWhatThereIsOfATask() {
        assertThat(client.list("resources/templates/list", "resourceTemplates").stream()
                        .map(template -> template.path("uriTemplate").asText()))
                .containsExactlyInAnyOrder("task://{task_id}", "task://{task_id}/result", "task://{task_id}/journal");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "task://" + NEVER,
                "task://" + NEVER + "/result",
                "task://" + NEVER + "/journal",
                "task://nonsense",
                "task://" + NEVER + "/secrets",
                "file:///etc/passwd",
            })
    void whatThereIsNotIsUnknown(String uri) {
        Came came = client.ask("resources/read", Map.of("uri", uri));
        Came inSession = client.inSession().ask("resources/read", Map.of("uri", uri));

        assertThat(came.code()).isEqualTo(INVALID_PARAMS);
        assertThat(came.message().path("error").path("data").path("uri").asText())
                .isEqualTo(uri);
        assertThat(inSession.code()).isEqualTo(-32002);
    }

    @Test
    void theTasksOfAnotherTenantAreUnknown() {
        String id = ended();
        McpClient stranger = McpClient.of(AccessOn.key("elsewhere", "tasks:read"));

        for (String part : List.of("", "/result", "/journal")) {
            Came foreign = stranger.ask("resources/read", Map.of("uri", "task://" + id + part));
            Came never = stranger.ask("resources/read", Map.of("uri", "task://" + NEVER + part));

            assertThat(foreign.code()).isEqualTo(INVALID_PARAMS);
            assertThat(foreign.errorMessage()).isEqualTo(never.errorMessage());
        }
        assertThat(stranger.list("resources/list", "resources").toString()).doesNotContain(id);
        assertThat(completed(stranger, reference("ref/resource", "uri", "task://{task_id}"), id))
                .isEmpty();
    }

    @Test
    void aTaskThatHasNotSucceededHasNoResult() {
        String id = submitted(client, Notes.unique("not yet"));
        client.call("cancel_task", Map.of("task_id", id));

        Came came = client.ask("resources/read", Map.of("uri", "task://" + id + "/result"));

        // why either: it may have been done before it was cancelled
        assertThat(came.code() == INVALID_PARAMS).isEqualTo(!Notes.status(id).equals("succeeded"));
    }

    @Test
    void readingTakesAScope() {
        McpClient writer = McpClient.of(AccessOn.key("default", "tasks:write"));

        Came came = writer.ask("resources/read", Map.of("uri", "task://" + NEVER));

        assertThat(came.status()).isEqualTo(403);
        assertThat(came.challenge()).contains("Bearer error=\"insufficient_scope\", scope=\"tasks:read\"");
        assertThat(writer.list("resources/list", "resources")).isEmpty();
        assertThat(writer.list("resources/templates/list", "resourceTemplates")).isEmpty();
    }

    @Test
    void idsAreCompleted() {
        String id = ended();
        String begin = id.substring(0, id.length() - 2);

        assertThat(completed(client, reference("ref/resource", "uri", "task://{task_id}/journal"), begin))
                .contains(id)
                .allMatch(known -> known.startsWith(begin));
        assertThat(completed(client, reference("ref/prompt", "name", "follow_task"), begin))
                .contains(id);
        assertThat(completed(client, reference("ref/resource", "uri", "task://{task_id}"), "no task begins so"))
                .isEmpty();
        assertThat(completed(client, reference("ref/resource", "uri", "file:///{path}"), ""))
                .isEmpty();
    }

    @Test
    void aSubscriberHearsOfAStep() {
        String input = Notes.unique("watch me");
        CompletableFuture<ModelEvent> end = new CompletableFuture<>();
        model.play(input, before -> Multi.createFrom().completionStage(end));
        String uri = "task://" + submitted(client, input) + "/journal";
        Notes.becomes(uri.substring("task://".length(), uri.lastIndexOf('/')), "running");

        try (McpClient.Stream stream = client.open(
                "subscriptions/listen", Map.of("notifications", Map.of("resourceSubscriptions", List.of(uri))))) {
            stream.next("notifications/subscriptions/acknowledged");
            end.complete(ScriptedModel.answer("seen"));

            assertThat(stream.next("notifications/resources/updated")
                            .path("params")
                            .path("uri")
                            .asText())
                    .isEqualTo(uri);
        }
    }

    @Test
    void whoSubscribesTooLateIsToldOnce() {
        String uri = "task://" + ended();

        try (McpClient.Stream stream = client.open(
                "subscriptions/listen", Map.of("notifications", Map.of("resourceSubscriptions", List.of(uri))))) {
            stream.next("notifications/subscriptions/acknowledged");

            assertThat(stream.next("notifications/resources/updated")
                            .path("params")
                            .path("uri")
                            .asText())
                    .isEqualTo(uri);
        }
    }

    @Test
    void aSessionsStreamTellsOfAStepToo() {
        String input = Notes.unique("watch me in a session");
        // why so many turns: the session's stream begins to watch a moment after it was opened
        model.play(
                input,
                before -> Uni.createFrom()
                        .item(before < 15 ? calculating(before) : ScriptedModel.answer("seen"))
                        .onItem()
                        .delayIt()
                        .by(Duration.ofMillis(300))
                        .toMulti());
        McpClient session = client.inSession();
        String id = client.call("submit_task", Map.of("input", input, "tools", List.of("calculator")))
                .structured()
                .path("task_id")
                .asText();
        String uri = "task://" + id;
        Came subscribed = session.ask("resources/subscribe", Map.of("uri", uri));

        try (McpClient.Stream stream = session.listen()) {
            assertThat(subscribed.code()).isZero();
            assertThat(stream.next("notifications/resources/updated")
                            .path("params")
                            .path("uri")
                            .asText())
                    .isEqualTo(uri);
        }
        client.call("cancel_task", Map.of("task_id", id));
    }

    private static ModelEvent calculating(int turn) {
        ToolCall call = new ToolCall(
                "c" + turn, "calculator", JsonNodeFactory.instance.objectNode().put("expression", turn + " + 1"));
        return new ModelEvent.ToolCalls("offline", "", List.of(call), new Usage(7, 3, 21), Optional.empty());
    }

    private JsonNode content(String uri) {
        return client.ask("resources/read", Map.of("uri", uri))
                .result()
                .path("contents")
                .path(0);
    }

    private String ended() {
        return client.call("run_task", Map.of("input", "What is 6 * 7?", "tools", List.of("calculator")))
                .structured()
                .path("task_id")
                .asText();
    }

    private static String submitted(McpClient client, String input) {
        return client.call("submit_task", Map.of("input", input))
                .structured()
                .path("task_id")
                .asText();
    }

    private static Map<String, ?> reference(String type, String key, String value) {
        return Map.of("type", type, key, value);
    }

    private static List<String> completed(McpClient client, Map<String, ?> reference, String begin) {
        List<String> values = new ArrayList<>();
        client.ask(
                        "completion/complete",
                        Map.of("ref", reference, "argument", Map.of("name", "task_id", "value", begin)))
                .result()
                .path("completion")
                .path("values")
                .forEach(value -> values.add(value.asText()));
        return values;
    }
}
