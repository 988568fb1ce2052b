package org.mcpagentic.mcp.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.access.Rights;
import org.mcpagentic.access.Scope;
import org.mcpagentic.mcp.McpError;
import org.mcpagentic.testsupport.RedisOfTests;
import org.mcpagentic.testsupport.Until;

/** Revision 2026-07-28 as a client meets it, and as somebody who is none. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
class ModernEraTest {

    private static final String TASKS = "{\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}";

    @Inject
    Keys keys;

    private Wire ada;

    @BeforeEach
    void meet() {
        ada = client(Rights.ALL);
    }

    @Test
    void saysWhoItIsAndWhatItCanDo() {
        Wire.Came came = ada.modern("server/discover", "{}");

        assertThat(came.status()).isEqualTo(200);
        assertThat(came.result().path("supportedVersions")).isEqualTo(Wire.read("[\"2026-07-28\"]"));
        assertThat(came.result().path("capabilities").path("extensions").has("io.modelcontextprotocol/tasks"))
                .isTrue();
        assertThat(came.result().path("capabilities").has("prompts")).isFalse();
        assertThat(came.result()
                        .path("_meta")
                        .path("io.modelcontextprotocol/serverInfo")
                        .path("name")
                        .asText())
                .isEqualTo("mcp-of-tests");
        assertThat(came.header("Mcp-Session-Id")).isEmpty();
    }

    @Test
    void whatThereIsNoSourceOfIsAnUnknownMethod() {
        Wire.Came came = ada.modern("prompts/list", "{}");

        assertThat(came.status()).isEqualTo(404);
        assertThat(came.code()).isEqualTo(McpError.METHOD_NOT_FOUND);
    }

    @Test
    void callsATool() {
        Wire.Came came = ada.modern("tools/call", "{\"name\":\"echo\",\"arguments\":{\"text\":\"hello\"}}");

        assertThat(came.result().path("content").path(0).path("text").asText()).isEqualTo("hello");
        assertThat(came.result().path("resultType").asText()).isEqualTo("complete");
    }

    @Test
    void picturesOfTheServerAreShownOnceAndNotWithEveryResult() {
        JsonNode greeting = ada.modern("server/discover", "{}").result();
        JsonNode list = ada.modern("tools/list", "{}").result();

        assertThat(server(greeting).path("icons")).hasSize(1);
        assertThat(server(list).path("name").asText()).isEqualTo("mcp-of-tests");
        assertThat(server(list).has("icons")).isFalse();
    }

    @Test
    void handlersKnowWhetherTheAnswerIsKeptAlive() {
        String body = Wire.body("tools/call", "{\"name\":\"chatter\"}", "{}");

        assertThat(answerTo("application/json, text/event-stream", body)).contains("said to who streams");
        assertThat(answerTo("application/json", body)).contains("said to who does not");
    }

    @Test
    void argumentsThatDoNotFitAreForTheModelToRepair() {
        Wire.Came came = ada.modern("tools/call", "{\"name\":\"echo\",\"arguments\":{\"text\":5}}");

        assertThat(came.status()).isEqualTo(200);
        assertThat(came.result().path("isError").asBoolean()).isTrue();
        assertThat(came.result().path("content").path(0).path("text").asText()).contains("text");
    }

    @Test
    void argumentsThatAreTooLargeAreRefused() {
        String large = "x".repeat(25_000);

        Wire.Came came = ada.modern("tools/call", "{\"name\":\"echo\",\"arguments\":{\"text\":\"" + large + "\"}}");

        assertThat(came.code()).isEqualTo(McpError.INVALID_PARAMS);
    }

    @ParameterizedTest
    @CsvSource({"Mcp-Method,tools/list", "Mcp-Name,another", "MCP-Protocol-Version,2025-11-25"})
    void headersThatDisagreeWithTheBodyAreRefused(String header, String value) {
        String[] headers = {"MCP-Protocol-Version", Wire.MODERN, "Mcp-Method", "tools/call", "Mcp-Name", "echo"};
        for (int i = 0; i < headers.length; i += 2) {
            if (headers[i].equals(header)) {
                headers[i + 1] = value;
            }
        }

        Wire.Came came =
                ada.post(Wire.body("tools/call", "{\"name\":\"echo\",\"arguments\":{\"text\":\"a\"}}", "{}"), headers);

        assertThat(came.status()).isEqualTo(400);
        assertThat(came.code()).isEqualTo(Refusal.HEADER_MISMATCH);
        assertThat(came.body().path("id").asInt()).isEqualTo(7);
    }

    @Test
    void headersThatAreMissingAreRefusedToo() {
        String body = Wire.body("tools/list", "{}", "{}");

        assertThat(ada.post(body).code()).isEqualTo(Refusal.HEADER_MISMATCH);
        assertThat(ada.post(body, "MCP-Protocol-Version", Wire.MODERN).code()).isEqualTo(Refusal.HEADER_MISMATCH);
    }

    @Test
    void anUnknownRevisionIsRefusedWithThoseThatAreServed() {
        String body = Wire.body("tools/list", "{}", "{}").replace(Wire.MODERN, "2031-01-01");

        Wire.Came came = ada.post(body, "MCP-Protocol-Version", "2031-01-01", "Mcp-Method", "tools/list");

        assertThat(came.status()).isEqualTo(400);
        assertThat(came.code()).isEqualTo(Refusal.UNSUPPORTED_VERSION);
        assertThat(came.body().path("error").path("data").path("supported")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "nothing", "{\"a\":1}{\"b\":2}", "{\"a\":1,\"a\":2}"})
    void whatIsNoJsonIsRefused(String body) {
        Wire.Came came = ada.post(body, "MCP-Protocol-Version", Wire.MODERN);

        assertThat(came.status()).isEqualTo(400);
        assertThat(came.code()).isEqualTo(McpError.PARSE_ERROR);
        assertThat(came.body().path("id").isNull()).isTrue();
    }

    @Test
    void jsonThatIsTooDeepIsRefused() {
        String deep = "[".repeat(100) + "]".repeat(100);

        Wire.Came came = ada.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"a\":" + deep + "}}");

        assertThat(came.status()).isEqualTo(400);
        assertThat(came.code()).isEqualTo(McpError.PARSE_ERROR);
    }

    @Test
    void aBatchIsRefused() {
        Wire.Came came = ada.post("[" + Wire.body("tools/list", "{}", "{}") + "]", "MCP-Protocol-Version", Wire.MODERN);

        assertThat(came.status()).isEqualTo(400);
        assertThat(came.code()).isEqualTo(McpError.INVALID_REQUEST);
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedByTheGate() {
        assertThat(ada.post("\"" + "x".repeat(140_000) + "\"").status()).isEqualTo(413);
    }

    @Test
    void listsAreReadPageByPage() {
        List<String> names = new ArrayList<>();
        String cursor = "";
        do {
            Wire.Came came = ada.modern("tools/list", cursor.isEmpty() ? "{}" : "{\"cursor\":\"" + cursor + "\"}");
            assertThat(came.result().path("tools").size()).isLessThanOrEqualTo(3);
            came.result()
                    .path("tools")
                    .forEach(tool -> names.add(tool.path("name").asText()));
            cursor = came.result().path("nextCursor").asText();
        } while (!cursor.isEmpty());

        assertThat(names).isSorted().doesNotHaveDuplicates().hasSize(8);
    }

    @Test
    void resourcesAreReadPageByPage() {
        List<String> uris = new ArrayList<>();
        String cursor = "";
        do {
            Wire.Came came = ada.modern("resources/list", cursor.isEmpty() ? "{}" : "{\"cursor\":\"" + cursor + "\"}");
            came.result()
                    .path("resources")
                    .forEach(one -> uris.add(one.path("uri").asText()));
            cursor = came.result().path("nextCursor").asText();
        } while (!cursor.isEmpty());

        assertThat(uris).hasSize(7).doesNotHaveDuplicates();
    }

    @Test
    void aForgedCursorIsRefused() {
        String own = ada.modern("tools/list", "{}").result().path("nextCursor").asText();

        assertThat(own).isNotEmpty();
        assertThat(ada.modern("tools/list", "{\"cursor\":\"ZWNobw\"}").code()).isEqualTo(McpError.INVALID_PARAMS);
        assertThat(ada.modern("resources/list", "{\"cursor\":\"" + own + "\"}").code())
                .isEqualTo(McpError.INVALID_PARAMS);
        assertThat(client(Rights.ALL)
                        .modern("tools/list", "{\"cursor\":\"" + own + "\"}")
                        .code())
                .isEqualTo(McpError.INVALID_PARAMS);
    }

    @Test
    void aMissingScopeIsAChallenge() {
        Wire.Came came = client(Rights.of(Scope.ASK)).modern("tools/call", "{\"name\":\"administer\"}");

        assertThat(came.status()).isEqualTo(403);
        assertThat(came.header("WWW-Authenticate")).isEqualTo("Bearer error=\"insufficient_scope\", scope=\"admin\"");
        assertThat(came.code()).isNegative();
    }

    @Test
    void whatAHandlerFailsWithIsNotShown() {
        Wire.Came came = ada.modern("tools/call", "{\"name\":\"break\"}");

        assertThat(came.code()).isEqualTo(McpError.INTERNAL);
        assertThat(came.body().toString()).doesNotContain("secret");
    }

    @Test
    void asksAndGoesOnWithTheAnswer() {
        JsonNode asked = ada.modern("tools/call", "{\"name\":\"greet\",\"arguments\":{}}")
                .result();

        Wire.Came came = ada.modern(
                "tools/call", answered("greet", asked.path("requestState").asText()));

        assertThat(asked.path("resultType").asText()).isEqualTo("input_required");
        assertThat(asked.path("inputRequests").path("name").path("method").asText())
                .isEqualTo("elicitation/create");
        assertThat(came.result().path("content").path(0).path("text").asText()).isEqualTo("Hello, Ada!");
    }

    @Test
    void aStateThatWasChangedOrIsAnothersIsRefused() {
        String state = ada.modern("tools/call", "{\"name\":\"greet\",\"arguments\":{}}")
                .result()
                .path("requestState")
                .asText();

        assertThat(ada.modern("tools/call", answered("greet", state + "x")).code())
                .isEqualTo(McpError.INVALID_PARAMS);
        assertThat(ada.modern("tools/call", answered("echo", state)).code()).isEqualTo(McpError.INVALID_PARAMS);
        assertThat(client(Rights.ALL)
                        .modern("tools/call", answered("greet", state))
                        .code())
                .isEqualTo(McpError.INVALID_PARAMS);
    }

    @Test
    void aClientIsNeverAskedWhatItCannotAnswer() {
        Wire.Came came = ada.modern("tools/call", "{\"name\":\"greet\"}", "{\"sampling\":{}}");

        assertThat(came.status()).isEqualTo(400);
        assertThat(came.code()).isEqualTo(Refusal.MISSING_CAPABILITY);
        assertThat(came.body()
                        .path("error")
                        .path("data")
                        .path("requiredCapabilities")
                        .has("elicitation"))
                .isTrue();
    }

    @Test
    void aTaskIsItsOwnersAlone() {
        String id = ada.modern("tools/call", "{\"name\":\"work\"}", TASKS)
                .result()
                .path("taskId")
                .asText();
        Wire bob = client(Rights.ALL);

        assertThat(ada.modern("tasks/get", "{\"taskId\":\"" + id + "\"}", TASKS)
                        .result()
                        .path("status")
                        .asText())
                .isEqualTo("completed");
        for (String method : List.of("tasks/get", "tasks/update", "tasks/cancel")) {
            Wire.Came came = bob.modern(method, "{\"taskId\":\"" + id + "\",\"inputResponses\":{}}", TASKS);
            assertThat(came.code()).isEqualTo(McpError.INVALID_PARAMS);
            assertThat(came.body().path("error"))
                    .isEqualTo(bob.modern(method, "{\"taskId\":\"never-was\",\"inputResponses\":{}}", TASKS)
                            .body()
                            .path("error"));
        }
    }

    @Test
    void closingTheStreamCancelsTheCall() throws Exception {
        SmallService.cancelled = new CompletableFuture<>();
        try (Wire.Stream stream =
                ada.modernStream("tools/call", "{\"name\":\"endless\",\"_meta\":{\"progressToken\":\"p\"}}", "{}")) {
            assertThat(stream.header("X-Accel-Buffering")).isEqualTo("no");
            assertThat(stream.message().path("params").path("progressToken").asText())
                    .isEqualTo("p");
        }

        assertThat(SmallService.cancelled.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void logLinesComeOnlyToThoseWhoAskAndFromTheirLevelOn() {
        try (Wire.Stream stream = ada.modernStream(
                "tools/call",
                "{\"name\":\"chatter\",\"_meta\":{\"io.modelcontextprotocol/logLevel\":\"error\"}}",
                "{}")) {
            assertThat(stream.message().path("params").path("data").asText()).isEqualTo("shouted");
            assertThat(stream.message().has("result")).isTrue();
            assertThat(stream.next()).isNull();
        }

        assertThat(ada.modern("tools/call", "{\"name\":\"chatter\"}").result().has("content"))
                .isTrue();
    }

    @Test
    void listenersHearOfWhatTheyAskedForAlone() {
        String filter = "{\"notifications\":{\"toolsListChanged\":true,\"taskIds\":[\"never-was\"]}}";
        try (Wire.Stream stream = ada.modernStream("subscriptions/listen", filter, TASKS)) {
            JsonNode first = stream.message();
            ada.modern("tools/call", "{\"name\":\"change\"}");
            JsonNode second = stream.message();

            assertThat(first.path("method").asText()).isEqualTo("notifications/subscriptions/acknowledged");
            assertThat(first.path("params").path("notifications")).isEqualTo(Wire.read("{\"toolsListChanged\":true}"));
            assertThat(second.path("method").asText()).isEqualTo("notifications/tools/list_changed");
            assertThat(second.path("params")
                            .path("_meta")
                            .path("io.modelcontextprotocol/subscriptionId")
                            .asInt())
                    .isEqualTo(7);
        }
    }

    @Test
    void listenersHearOfATaskFromItsFirstStateOnWhichIsReadOnce() {
        String id = ada.modern("tools/call", "{\"name\":\"work\"}", TASKS)
                .result()
                .path("taskId")
                .asText();
        int before = SmallService.Desk.READ.get();
        String filter = "{\"notifications\":{\"taskIds\":[\"never-was\",\"" + id + "\"]}}";

        try (Wire.Stream stream = ada.modernStream("subscriptions/listen", filter, TASKS)) {
            assertThat(stream.message().path("params").path("notifications").path("taskIds"))
                    .isEqualTo(Wire.read("[\"" + id + "\"]"));
            assertThat(stream.message().path("params").path("status").asText()).isEqualTo("completed");
        }
        assertThat(SmallService.Desk.READ.get() - before).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"taskIds,16", "resourceSubscriptions,64"})
    void aListenerAsksForSoManyThingsAndNoMore(String name, int most) {
        List<String> all = IntStream.rangeClosed(0, most)
                .mapToObj(n -> "\"test://" + n + "\"")
                .toList();

        try (Wire.Stream stream = ada.modernStream("subscriptions/listen", filter(name, all.subList(0, most)), TASKS)) {
            assertThat(stream.message().path("method").asText()).isEqualTo("notifications/subscriptions/acknowledged");
        }
        assertThat(ada.modern("subscriptions/listen", filter(name, all), TASKS).code())
                .isEqualTo(McpError.INVALID_PARAMS);
    }

    @Test
    void anOwnerHasSoManyStreamsAndNoMore() {
        String filter = "{\"notifications\":{\"toolsListChanged\":true}}";
        List<Wire.Stream> streams = new ArrayList<>();
        try {
            for (int i = 0; i < OpenStreams.MOST; i++) {
                streams.add(ada.modernStream("subscriptions/listen", filter, "{}"));
            }

            Wire.Came oneMore = ada.modern("subscriptions/listen", filter, "{}");

            assertThat(oneMore.code()).isEqualTo(McpError.INVALID_REQUEST);
            assertThat(streams.getFirst().message().path("method").asText())
                    .isEqualTo("notifications/subscriptions/acknowledged");
            streams.removeLast().close();
            Until.holds("the place is free again", Duration.ofSeconds(10), () -> {
                try (Wire.Stream stream = ada.modernStream("subscriptions/listen", filter, "{}")) {
                    return stream.next() != null;
                }
            });
        } finally {
            streams.forEach(Wire.Stream::close);
        }
    }

    @Test
    void anUnknownResourceSaysWhichItWas() {
        Wire.Came came = ada.modern("resources/read", "{\"uri\":\"test://none\"}");

        assertThat(came.code()).isEqualTo(McpError.INVALID_PARAMS);
        assertThat(came.body().path("error").path("data").path("uri").asText()).isEqualTo("test://none");
    }

    @Test
    void foreignOriginsAndHostsStopAtTheGate() {
        String token = keys.with(Rights.ALL);

        assertThat(asked(token, "Origin", "http://localhost.evil.example")).isEqualTo(403);
        assertThat(asked(token, "Origin", "http://localhost:" + RestAssured.port + ".evil.example"))
                .isEqualTo(403);
        assertThat(asked(token, "Host", "evil.example")).isIn(400, 403, 421);
    }

    @Test
    void strangersAreNotServed() {
        assertThat(new Wire(RestAssured.port, "nonsense")
                        .modern("server/discover", "{}")
                        .status())
                .isEqualTo(401);
    }

    private static String filter(String name, List<String> values) {
        return "{\"notifications\":{\"" + name + "\":" + values + "}}";
    }

    private static JsonNode server(JsonNode result) {
        return result.path("_meta").path("io.modelcontextprotocol/serverInfo");
    }

    private String answerTo(String accepted, String body) {
        return RestAssured.given()
                .auth()
                .oauth2(keys.with(Rights.ALL))
                .header("MCP-Protocol-Version", Wire.MODERN)
                .header("Mcp-Method", "tools/call")
                .header("Mcp-Name", "chatter")
                .header("Accept", accepted)
                .contentType("application/json")
                .body(body)
                .post("/mcp")
                .asString();
    }

    private static int asked(String token, String header, String value) {
        return RestAssured.given()
                .auth()
                .oauth2(token)
                .header(header, value)
                .header("MCP-Protocol-Version", Wire.MODERN)
                .header("Mcp-Method", "server/discover")
                .contentType("application/json")
                .body(Wire.body("server/discover", "{}", "{}"))
                .post("/mcp")
                .statusCode();
    }

    private static String answered(String tool, String state) {
        return "{\"name\":\"" + tool + "\",\"arguments\":{},\"requestState\":\"" + state
                + "\",\"inputResponses\":{\"name\":{\"action\":\"accept\",\"content\":{\"name\":\"Ada\"}}}}";
    }

    private Wire client(Rights rights) {
        return new Wire(RestAssured.port, keys.with(rights));
    }
}
