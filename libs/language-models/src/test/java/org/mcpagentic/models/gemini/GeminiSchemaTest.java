package org.mcpagentic.models.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.agent.model.ModelEvent.ToolCalls;
import org.mcpagentic.models.wire.Conversation;
import org.mcpagentic.models.wire.Outcome;
import org.mcpagentic.models.wire.WireClient;
import org.mcpagentic.models.wire.WireJson;
import org.mcpagentic.models.wire.WireSettings;
import org.mcpagentic.stubmodel.Call;
import org.mcpagentic.stubmodel.RecordedRequest;
import org.mcpagentic.stubmodel.Reply;
import org.mcpagentic.stubmodel.StubModel;

/** Holds what is sent, and what the stub answers, against what Google publishes. */
class GeminiSchemaTest {

    private static final SchemaFacts GOOGLE = new SchemaFacts();

    private static Vertx vertx;
    private static WireClient wire;
    private static StubModel stub;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        wire = new WireClient(vertx, WireSettings.DEFAULT, InstantSource.system());
        stub = StubModel.start();
    }

    @AfterAll
    static void stop() {
        stub.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sendsWhatGooglePublishes(boolean stream) {
        RecordedRequest request = recorded(stream);

        assertThat(GOOGLE.violations(request.body(), "GenerateContentRequest")).isEmpty();
        assertThat(request.body().toString())
                .contains(
                        "systemInstruction",
                        "functionCall",
                        "functionResponse",
                        "thoughtSignature",
                        "skip_thought_signature_validator",
                        "parametersJsonSchema",
                        "maxOutputTokens",
                        "\"error\"",
                        "\"output\"",
                        "\"id\"");
        assertThat(GOOGLE.routes(stream ? "streamGenerateContent" : "generateContent"))
                .anySatisfy(route -> assertThat("post " + request.path())
                        .matches(route.replace("*}", "[^/]+").replace("{model=", "")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"systemInstruction\" | \"system_prompt\" | $.system_prompt is no field of GenerateContentRequest",
                "\"functionDeclarations\" | \"functions\" | $.tools[0].functions is no field of Tool",
                "\"parametersJsonSchema\" | \"schema\" | $.tools[0].functionDeclarations[0].schema is no field of FunctionDeclaration",
                "\"functionResponse\" | \"functionResult\" | $.contents[2].parts[0].functionResult is no field of Part",
                "\"maxOutputTokens\":1000 | \"maxOutputTokens\":\"many\" | $.generationConfig.maxOutputTokens is no int32",
                "\"role\":\"user\" | \"role\":1 | $.contents[0].role is no string",
                "\"response\":{\"output\":\"12:00\"} | \"response\":\"12:00\" | $.contents[2].parts[0].functionResponse.response is no struct",
                "skip_thought_signature_validator | no base64! | $.contents[4].parts[0].thoughtSignature is no bytes"
            })
    void findsAPlantedMistake(String right, String wrong, String finding) {
        String body = recorded(true).body().toString();
        assertThat(body).contains(right);

        JsonNode broken = WireJson.object(body.replace(right, wrong)).orElseThrow();

        assertThat(GOOGLE.violations(broken, "GenerateContentRequest")).contains(finding);
    }

    static Stream<Reply> replies() {
        return Stream.of(
                Reply.thinking("hm").text("Hello you").usage(10, 5, 5, 5),
                Reply.thinking("hm").text("Hello you").calls(Call.of("clock"), Call.of("clock")),
                Reply.text("Once upon a").finish("MAX_TOKENS"),
                Reply.blockedAnswer(),
                Reply.blockedPrompt(),
                Reply.malformedCall(),
                Reply.emptyCandidates());
    }

    @ParameterizedTest
    @MethodSource("replies")
    void meetsAStubThatSaysWhatGooglePublishes(Reply reply) throws IOException, InterruptedException {
        stub.byDefault(reply);

        List<JsonNode> responses = Stream.concat(
                        said(":streamGenerateContent?alt=sse")
                                .lines()
                                .filter(line -> line.startsWith("data: "))
                                .map(line -> line.substring(6)),
                        Stream.of(said(":generateContent")))
                .map(json -> (JsonNode) WireJson.object(json).orElseThrow())
                .toList();

        assertThat(responses)
                .hasSizeGreaterThan(1)
                .allSatisfy(response -> assertThat(GOOGLE.violations(response, "GenerateContentResponse"))
                        .isEmpty());
    }

    @Test
    void knowsTheMessagesInDepth() {
        JsonNode response = WireJson.object("{\"candidates\":[{\"finishReason\":\"DONE\",\"index\":\"0\"}]}")
                .orElseThrow();

        assertThat(GOOGLE.violations(response, "GenerateContentResponse"))
                .hasSize(2)
                .anyMatch(finding -> finding.startsWith("$.candidates[0].finishReason is no enum:"))
                .contains("$.candidates[0].index is no int32");
    }

    /** A request in which everything is used that the adapter can say. */
    private static RecordedRequest recorded(boolean stream) {
        stub.byDefault(Reply.thinking("hm").calls(Call.of("clock")), Reply.text("It is late."));
        GeminiModel model = new GeminiModel(
                wire,
                new GeminiSettings(
                        "gemini", "gemini-stub", stub.geminiBase(), "key", 1000, OptionalInt.of(1000), stream));
        Conversation conversation = Conversation.about("When is it?")
                .under("Be brief.")
                .withTool("clock")
                .withTool(
                        "calculator",
                        Conversation.schema().put("$schema", "https://json-schema.org/draft/2020-12/schema"));
        ToolCalls calls = Outcome.of(model.next(conversation.prompt())).toolCalls();
        String id = calls.calls().getFirst().callId();
        conversation
                .then(calls)
                .returned(id, "clock", "12:00")
                .user("And what is 1/0?")
                .thenElsewhere("", Conversation.call("c", "calculator", "expression", "1/0"))
                .failed("c", "calculator", "division by zero");

        Outcome.of(model.next(conversation.prompt())).answer();

        return stub.requests().getLast();
    }

    private static String said(String method) throws IOException, InterruptedException {
        String body = JsonNodeFactory.instance
                .objectNode()
                .set(
                        "contents",
                        WireJson.tree("[{\"role\":\"user\",\"parts\":[{\"text\":\"hello\"}]}]")
                                .orElseThrow())
                .toString();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(stub.geminiBase() + "/models/gemini-stub" + method))
                                    .header("Content-Type", "application/json")
                                    .header("x-goog-api-key", "key")
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
