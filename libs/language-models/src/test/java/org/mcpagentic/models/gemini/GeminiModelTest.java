package org.mcpagentic.models.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.agent.model.ModelEvent.Answer;
import org.mcpagentic.agent.model.ModelEvent.TextDelta;
import org.mcpagentic.agent.model.ModelEvent.ToolCalls;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.agent.model.ModelException.Kind;
import org.mcpagentic.agent.model.Prompt;
import org.mcpagentic.agent.model.Usage;
import org.mcpagentic.agent.tool.ToolCall;
import org.mcpagentic.models.wire.Conversation;
import org.mcpagentic.models.wire.Outcome;
import org.mcpagentic.models.wire.ToolNames;
import org.mcpagentic.models.wire.WireClient;
import org.mcpagentic.models.wire.WireJson;
import org.mcpagentic.models.wire.WireSettings;
import org.mcpagentic.stubmodel.Call;
import org.mcpagentic.stubmodel.RecordedRequest;
import org.mcpagentic.stubmodel.Refusal;
import org.mcpagentic.stubmodel.Reply;
import org.mcpagentic.stubmodel.StubModel;

class GeminiModelTest {

    private static final String KEY = "AIzaStub-key_0123456789";
    private static final Prompt HELLO = Conversation.about("hello").prompt();

    private static Vertx vertx;
    private static WireClient wire;
    private static StubModel stub;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        wire = new WireClient(vertx, WireSettings.DEFAULT, InstantSource.system());
        stub = StubModel.builder().key(KEY).models("gemini-stub").build();
    }

    @AfterAll
    static void stop() {
        stub.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @AfterEach
    void reset() {
        stub.reset();
    }

    @Test
    void streamsByDefaultAndKeepsItsKeyOutOfTheAddress() {
        stub.byDefault(Reply.text("Hello you"));

        ask(true, HELLO).answer();

        RecordedRequest request = sent();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/v1beta/models/gemini-stub:streamGenerateContent");
        assertThat(request.query()).isEqualTo(Map.of("alt", "sse"));
        assertThat(request.headers())
                .containsEntry("x-goog-api-key", KEY)
                .containsEntry("content-type", "application/json");
    }

    @Test
    void asksForOnePieceWhereItIsToldTo() {
        stub.byDefault(Reply.text("Hello you"));

        assertThat(ask(false, HELLO).answer().text()).isEqualTo("Hello you");
        assertThat(sent().path()).isEqualTo("/v1beta/models/gemini-stub:generateContent");
        assertThat(sent().query()).isEmpty();
    }

    @Test
    void passesOnEachPieceOfTextAsItComes() {
        stub.byDefault(Reply.text("one two three"));

        Outcome outcome = ask(true, HELLO);

        assertThat(outcome.deltas()).hasSizeGreaterThan(2);
        assertThat(outcome.answer().text()).isEqualTo("one two three");
        assertThat(outcome.answer().model()).isEqualTo("gemini");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void countsWhatWasUsed(boolean stream) {
        stub.byDefault(Reply.thinking("hm ").text("yes").usage(100, 40, 20, 7));

        assertThat(ask(stream, HELLO).turn().usage()).isEqualTo(new Usage(100, 40, 27, 7, 0));
    }

    @Test
    void writesTheWholeConversation() {
        ToolCall first = Conversation.call("a", "calculator", "expression", "1+1");
        ToolCall second = Conversation.call("b", "clock", "zone", "UTC");
        Prompt prompt = Conversation.about("What is 1+1, and when?")
                .under("Be brief.")
                .withTool("calculator")
                .withTool("clock")
                .thenElsewhere("Let me see.", first, second)
                .failed("b", "clock", "no such zone")
                .returned("a", "calculator", "2")
                .then(new Answer("elsewhere", "Two.", Usage.NONE, Optional.empty()))
                .user("Thanks.")
                .prompt();

        ask(true, prompt).answer();

        assertThat(sent().body()).isEqualTo(WireJson.object("""
                        {"systemInstruction":{"parts":[{"text":"Be brief."}]},
                         "contents":[
                          {"role":"user","parts":[{"text":"What is 1+1, and when?"}]},
                          {"role":"model","parts":[
                           {"text":"Let me see."},
                           {"functionCall":{"name":"calculator","args":{"expression":"1+1"}},
                            "thoughtSignature":"skip_thought_signature_validator"},
                           {"functionCall":{"name":"clock","args":{"zone":"UTC"}}}]},
                          {"role":"user","parts":[
                           {"functionResponse":{"name":"calculator","response":{"output":"2"}}},
                           {"functionResponse":{"name":"clock","response":{"error":"no such zone"}}}]},
                          {"role":"model","parts":[{"text":"Two."}]},
                          {"role":"user","parts":[{"text":"Thanks."}]}],
                         "tools":[{"functionDeclarations":[
                          {"name":"calculator","description":"What calculator does.",
                           "parametersJsonSchema":{"type":"object","properties":{"expression":{"type":"string"}}}},
                          {"name":"clock","description":"What clock does.",
                           "parametersJsonSchema":{"type":"object","properties":{"expression":{"type":"string"}}}}]}],
                         "generationConfig":{"maxOutputTokens":1000}}
                        """).orElseThrow());
    }

    @Test
    void leavesTheSchemasDialectOut() {
        ObjectNode schema = Conversation.schema().put("$schema", "https://json-schema.org/draft/2020-12/schema");

        ask(true, Conversation.about("hello").withTool("t", schema).prompt()).answer();

        assertThat(sent().body().at("/tools/0/functionDeclarations/0/parametersJsonSchema"))
                .isEqualTo(Conversation.schema());
        assertThat(schema.has("$schema")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsSeveralCallsOfOneTurnInOrder(boolean stream) {
        stub.byDefault(Reply.text("I look. ")
                .calls(Call.of("_9lives", object("cat", "Tom")), Call.of("clock"), Call.of("clock")));

        ToolCalls turn = ask(
                        stream,
                        Conversation.about("hello")
                                .withTool("9lives")
                                .withTool("clock")
                                .prompt())
                .toolCalls();

        assertThat(turn.text()).isEqualTo("I look. ");
        assertThat(turn.calls()).extracting(ToolCall::toolName).containsExactly("9lives", "clock", "clock");
        assertThat(turn.calls().getFirst().arguments()).isEqualTo(object("cat", "Tom"));
        assertThat(turn.calls()).extracting(ToolCall::callId).doesNotHaveDuplicates();
        assertThat(sent().body().at("/tools/0/functionDeclarations/0/name").asText())
                .isEqualTo("_9lives");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sendsItsSignaturesBackWhereTheyWere(boolean stream) {
        stub.byDefault(
                Reply.thinking("both at once").text("I look. ").calls(Call.of("clock"), Call.of("clock")),
                Reply.thinking("done").text("It is late."));
        ToolCalls calls = ask(
                        stream, Conversation.about("hello").withTool("clock").prompt())
                .toolCalls();
        String one = calls.calls().get(0).callId();
        String two = calls.calls().get(1).callId();
        // why through the journal's form: a turn is resumed from text
        ToolCalls resumed =
                new ToolCalls(calls.model(), calls.text(), calls.calls(), calls.usage(), calls.providerState());

        Answer answer = ask(
                        stream,
                        Conversation.about("hello")
                                .withTool("clock")
                                .then(resumed)
                                .returned(two, "clock", "12:01")
                                .returned(one, "clock", "12:00")
                                .prompt())
                .answer();

        assertThat(answer.text()).isEqualTo("It is late.");
        JsonNode contents = sent().body().path("contents");
        JsonNode parts = contents.path(1).path("parts");
        assertThat(parts).hasSize(3);
        assertThat(parts.path(0))
                .isEqualTo(JsonNodeFactory.instance.objectNode().put("text", "I look. "));
        assertThat(parts.path(1).path("thoughtSignature").asText()).isNotEmpty();
        assertThat(parts.path(1).at("/functionCall/id").asText()).isEqualTo(one);
        assertThat(parts.path(2).has("thoughtSignature")).isFalse();
        assertThat(contents.path(2).path("parts"))
                .extracting(part -> part.at("/functionResponse/id").asText() + " "
                        + part.at("/functionResponse/response/output").asText())
                .containsExactly(one + " 12:00", two + " 12:01");
        assertThat(answer.providerState())
                .hasValueSatisfying(state -> assertThat(state)
                        .startsWith("{\"provider\":\"gemini\",\"model\":\"gemini-stub\",\"parts\":[")
                        .contains("thoughtSignature"));
    }

    @Test
    void keepsSignedPartsApartFromThoseBefore() {
        stub.byDefault(Reply.rawBody("text/event-stream", events("""
                {"candidates":[{"content":{"parts":[{"text":"Hel"}]}}]}""", """
                {"candidates":[{"content":{"parts":[{"text":"hm","thought":true},{"text":"lo"}]}}]}""", """
                {"candidates":[{"content":{"parts":[{"text":" you","thoughtSignature":"QQ=="}]}}]}""", """
                {"candidates":[{"content":{"parts":[{"text":"!"}]}}]}""", """
                {"candidates":[{"content":{"parts":[{"text":"","thoughtSignature":"Qg=="}]},"finishReason":"STOP"}]}""")));

        Answer answer = ask(true, HELLO).answer();

        assertThat(answer.text()).isEqualTo("Hello you!");
        assertThat(answer.providerState())
                .contains("{\"provider\":\"gemini\",\"model\":\"gemini-stub\",\"parts\":[{\"text\":\"Hello\"},"
                        + "{\"text\":\" you\",\"thoughtSignature\":\"QQ==\"},{\"text\":\"!\"},"
                        + "{\"text\":\"\",\"thoughtSignature\":\"Qg==\"}]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"provider\":\"openai\",\"model\":\"gemini-stub\",\"parts\":[{\"functionCall\":{\"name\":\"clock\"}}]}",
                "{\"provider\":\"gemini\",\"model\":\"gemini-1\",\"parts\":[{\"functionCall\":{\"name\":\"clock\"}}]}",
                "{\"provider\":\"gemini\",\"model\":\"gemini-stub\",\"parts\":[]}",
                "{\"provider\":\"gemini\",\"model\":\"gemini-stub\"}",
                "not JSON"
            })
    void readsNothingIntoAStateThatIsNotItsOwn(String state) {
        ToolCall call = Conversation.call("a", "clock", "zone", "UTC");
        Prompt prompt = Conversation.about("hello")
                .withTool("clock")
                .then(new ToolCalls("gemini", "", List.of(call), Usage.NONE, Optional.of(state)))
                .returned("a", "clock", "12:00")
                .prompt();

        ask(true, prompt).answer();

        assertThat(sent().body().at("/contents/1/parts/0/thoughtSignature").asText())
                .isEqualTo("skip_thought_signature_validator");
        assertThat(sent().body()
                        .at("/contents/1/parts/0/functionCall/args/zone")
                        .asText())
                .isEqualTo("UTC");
    }

    @Test
    void makesACallThatItCannotSendBackOneThatItCan() {
        stub.byDefault(Reply.rawBody("text/event-stream", events("""
                        {"candidates":[{"content":{"parts":[
                          {"functionCall":{"name":"rm -rf","args":{"a":1}}},
                          {"functionCall":{"name":"clock","args":[1]}},
                          {"functionCall":{}}]},"finishReason":"STOP"}]}""".replace("\n", ""))));

        ToolCalls turn = ask(true, Conversation.about("hello").withTool("clock").prompt())
                .toolCalls();

        assertThat(turn.calls()).extracting(ToolCall::toolName).containsExactly("rm_-rf", "clock", "unnamed");
        assertThat(turn.calls()).allSatisfy(call -> assertThat(call.flaw()).isPresent());
        Conversation resumed = Conversation.about("hello").withTool("clock").then(turn);
        turn.calls().forEach(call -> resumed.failed(call.callId(), call.toolName(), "flawed"));
        stub.byDefault(Reply.text("sorry"));
        assertThat(ask(true, resumed.prompt()).answer().text()).isEqualTo("sorry");
        assertThat(sent().body().at("/contents/1/parts"))
                .extracting(part -> part.path("functionCall").path("name").asText() + " "
                        + part.path("functionCall").path("args"))
                .containsExactly("rm_-rf {}", "clock {}", "unnamed {}");
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-3-pro-preview,skip_thought_signature_validator",
        "gemini-2.5-flash,''",
        "models/gemini-2.0-flash,''"
    })
    void givesAWordForACallThatTheModelForgotToSign(String id, String signature) {
        ToolCall call = Conversation.call("a", "clock", "zone", "UTC");
        String state = "{\"provider\":\"gemini\",\"model\":\"" + id
                + "\",\"parts\":[{\"functionCall\":{\"name\":\"clock\"}}]}";
        Prompt prompt = Conversation.about("hello")
                .then(new ToolCalls("gemini", "", List.of(call), Usage.NONE, Optional.of(state)))
                .returned("a", "clock", "12:00")
                .prompt();
        GeminiSettings settings = settings(id, "http://localhost/v1beta", KEY);

        JsonNode body = new GeminiRequests(settings, ToolNames.of(prompt, GeminiModel.NAMES)).body(prompt);

        assertThat(body.at("/contents/1/parts/0/thoughtSignature").asText()).isEqualTo(signature);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void marksAnAnswerThatHadToStop(boolean stream) {
        stub.byDefault(Reply.text("Once upon a").finish("MAX_TOKENS"));

        assertThat(ask(stream, HELLO).answer().text())
                .isEqualTo("Once upon a\n\n[truncated: the model reached its output limit]");
    }

    @Test
    void cannotUseCallsThatHadToStop() {
        stub.byDefault(Reply.calls(Call.of("clock")).finish("MAX_TOKENS"));

        assertThat(ask(true, HELLO).failure().kind()).isEqualTo(Kind.UNUSABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "SAFETY,BLOCKED,withheld its answer: SAFETY",
        "RECITATION,BLOCKED,withheld its answer: RECITATION",
        "BLOCKLIST,BLOCKED,withheld its answer: BLOCKLIST",
        "PROHIBITED_CONTENT,BLOCKED,withheld its answer: PROHIBITED_CONTENT",
        "SPII,BLOCKED,withheld its answer: SPII",
        "IMAGE_SAFETY,BLOCKED,withheld its answer: IMAGE_SAFETY",
        "IMAGE_RECITATION,BLOCKED,withheld its answer: IMAGE_RECITATION",
        "LANGUAGE,UNUSABLE,gave up: LANGUAGE",
        "OTHER,UNUSABLE,gave up: OTHER",
        "MALFORMED_FUNCTION_CALL,UNUSABLE,gave up: MALFORMED_FUNCTION_CALL",
        "UNEXPECTED_TOOL_CALL,UNUSABLE,gave up: UNEXPECTED_TOOL_CALL",
        "TOO_MANY_TOOL_CALLS,UNUSABLE,gave up: TOO_MANY_TOOL_CALLS",
        "FINISH_REASON_UNSPECIFIED,UNUSABLE,gave up: FINISH_REASON_UNSPECIFIED",
        "NOT_YET_INVENTED,UNUSABLE,gave up: NOT_YET_INVENTED",
        "<script>,UNUSABLE,gave up: a reason that is not known"
    })
    void namesTheReasonOfAnEndThatIsNone(String reason, Kind kind, String what) {
        stub.byDefault(Reply.text("Once").finish(reason));

        ModelException failure = ask(true, HELLO).failure();

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessage("the model \"gemini\" " + what);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void saysThatThePromptIsBlocked(boolean stream) {
        stub.byDefault(Reply.blockedPrompt());

        ModelException failure = ask(stream, HELLO).failure();

        assertThat(failure.kind()).isEqualTo(Kind.BLOCKED);
        assertThat(failure).hasMessage("the model \"gemini\" refused the prompt: PROHIBITED_CONTENT");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cannotUseAnAnswerWithoutCandidates(boolean stream) {
        stub.byDefault(Reply.emptyCandidates());

        ModelException failure = ask(stream, HELLO).failure();

        assertThat(failure.kind()).isEqualTo(Kind.UNUSABLE);
        assertThat(failure).hasMessage("the model \"gemini\" returned nothing");
    }

    @Test
    void cannotUseAnAnswerWithoutParts() {
        stub.byDefault(Reply.text("").finish("STOP"));

        assertThat(ask(true, HELLO).failure()).hasMessage("the model \"gemini\" returned nothing");
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(Reply.wrongKey(), Kind.KEY_REFUSED, Optional.empty()),
                Arguments.of(Reply.missingKey(), Kind.KEY_REFUSED, Optional.empty()),
                Arguments.of(Reply.notPermitted(), Kind.KEY_REFUSED, Optional.empty()),
                Arguments.of(Reply.unknownModel(), Kind.PERMANENT, Optional.empty()),
                Arguments.of(Reply.badRequest("no good"), Kind.PERMANENT, Optional.empty()),
                Arguments.of(Reply.tooLong(), Kind.TOO_LONG, Optional.empty()),
                Arguments.of(
                        Reply.rateLimited(Duration.ofMillis(34_500)),
                        Kind.RATE_LIMITED,
                        Optional.of(Duration.ofMillis(34_500))),
                Arguments.of(Reply.dailyQuota(), Kind.QUOTA_EXHAUSTED, Optional.empty()),
                Arguments.of(Reply.overloaded(), Kind.TRANSIENT, Optional.empty()),
                Arguments.of(Reply.internal(), Kind.TRANSIENT, Optional.empty()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void tellsRefusalsApart(Refusal refusal, Kind kind, Optional<Duration> retryAfter) {
        stub.byDefault(refusal);

        for (boolean stream : new boolean[] {true, false}) {
            ModelException failure = ask(stream, HELLO).failure();
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.retryAfter()).isEqualTo(retryAfter);
            assertThat(failure.getMessage()).startsWith("the model \"gemini\" ").doesNotContain(KEY);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void tellsRefusalsInTheMiddleOfAnAnswerApart(Refusal refusal, Kind kind, Optional<Duration> retryAfter) {
        stub.byDefault(Reply.text("one two three").failAfter(1, refusal));

        Outcome outcome = ask(true, HELLO);

        assertThat(outcome.deltas()).hasSize(1);
        assertThat(outcome.failure().kind()).isEqualTo(kind);
        assertThat(outcome.failure().retryAfter()).isEqualTo(retryAfter);
    }

    static Stream<Arguments> statuses() {
        String text = "text/plain";
        return Stream.of(
                Arguments.of(
                        400,
                        error(400, "Bad AIzaStub-key_0123456789\n\u0007" + "x".repeat(1000)),
                        Map.of(),
                        Kind.PERMANENT,
                        Optional.empty()),
                Arguments.of(
                        400,
                        error(400, "The input token count (2000000) exceeds the maximum number of tokens allowed."),
                        Map.of(),
                        Kind.TOO_LONG,
                        Optional.empty()),
                Arguments.of(413, "<html>too large</html>", Map.of(), Kind.TOO_LONG, Optional.empty()),
                Arguments.of(429, "", Map.of(), Kind.RATE_LIMITED, Optional.empty()),
                Arguments.of(
                        429, text, Map.of("Retry-After", "12"), Kind.RATE_LIMITED, Optional.of(Duration.ofSeconds(12))),
                Arguments.of(
                        429,
                        quota("GenerateRequestsPerMinutePerProjectPerModel-FreeTier", "15", "34.074824224s"),
                        Map.of("Retry-After", "60"),
                        Kind.RATE_LIMITED,
                        Optional.of(Duration.ofNanos(34_074_824_224L))),
                Arguments.of(
                        429,
                        quota("GenerateRequestsPerDayPerProjectPerModel-FreeTier", "50", "34s"),
                        Map.of(),
                        Kind.QUOTA_EXHAUSTED,
                        Optional.empty()),
                Arguments.of(
                        429,
                        quota("GenerateRequestsPerMinutePerProjectPerModel-FreeTier", "0", "34s"),
                        Map.of(),
                        Kind.QUOTA_EXHAUSTED,
                        Optional.empty()),
                Arguments.of(408, text, Map.of(), Kind.TRANSIENT, Optional.empty()),
                Arguments.of(499, text, Map.of(), Kind.TRANSIENT, Optional.empty()),
                Arguments.of(503, text, Map.of("Retry-After", "3"), Kind.TRANSIENT, Optional.of(Duration.ofSeconds(3))),
                Arguments.of(502, "<html>", Map.of(), Kind.TRANSIENT, Optional.empty()),
                Arguments.of(418, "short and stout", Map.of(), Kind.PERMANENT, Optional.empty()),
                Arguments.of(302, "", Map.of("Location", "http://127.0.0.1:1/"), Kind.PERMANENT, Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void tellsStatusesApart(
            int status, String body, Map<String, String> headers, Kind kind, Optional<Duration> retryAfter) {
        stub.byDefault(Reply.status(status, body, headers));

        ModelException failure = ask(true, HELLO).failure();

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.retryAfter()).isEqualTo(retryAfter);
        assertThat(failure.getMessage()).hasSizeLessThan(400).doesNotContain(KEY, "\n", "\u0007");
    }

    @Test
    void saysWhatToCheckWhereTheKeyIsRefused() {
        stub.byDefault(Reply.wrongKey());

        assertThat(ask(true, HELLO).failure())
                .hasMessage("the model \"gemini\" refused its key (400): check that it is right, and that it may use"
                        + " gemini-stub");
    }

    @Test
    void callsAStreamThatIsCutTransient() {
        stub.byDefault(Reply.text("one two three").cutAfter(2));

        Outcome outcome = ask(true, HELLO);

        assertThat(outcome.deltas()).hasSize(2);
        assertThat(outcome.failure().kind()).isEqualTo(Kind.TRANSIENT);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void callsAnAnswerThatIsCutTransient(boolean stream) {
        stub.byDefault(Reply.text("one two three").cutAfter(0));

        assertThat(ask(stream, HELLO).failure().kind()).isEqualTo(Kind.TRANSIENT);
    }

    @Test
    void callsAStreamThatEndsWithoutAReasonCut() {
        stub.byDefault(Reply.rawBody("text/event-stream", events("""
                {"candidates":[{"content":{"parts":[{"text":"Hel"}]}}]}""")));

        assertThat(ask(true, HELLO).failure().kind()).isEqualTo(Kind.TRANSIENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ": nothing\n\n"})
    void callsAStreamOfNothingCut(String body) {
        stub.byDefault(Reply.rawBody("text/event-stream", body));

        assertThat(ask(true, HELLO).failure().kind()).isEqualTo(Kind.TRANSIENT);
    }

    @Test
    void cannotUseAMalformedChunk() {
        stub.byDefault(Reply.text("one two three").malformedChunkAfter(1));

        Outcome outcome = ask(true, HELLO);

        assertThat(outcome.deltas()).hasSize(1);
        assertThat(outcome.failure().kind()).isEqualTo(Kind.UNUSABLE);
        assertThat(outcome.failure()).hasMessage("the model \"gemini\" sent something that is no JSON object");
    }

    @Test
    void givesUpAnEventWithoutEnd() {
        stub.byDefault(Reply.text("one").endlessLine(5 << 20));

        assertThat(ask(true, HELLO).failure())
                .hasMessage("the model \"gemini\" sent an event of more than 4194304 bytes");
    }

    @Test
    void cannotUseMoreCallsThanThereMayBe() {
        Call[] calls = new Call[65];
        Arrays.fill(calls, Call.of("clock"));
        stub.byDefault(Reply.calls(calls));

        assertThat(ask(true, HELLO).failure()).hasMessage("the model \"gemini\" wants more than 64 calls in one turn");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void closesTheConnectionWhenItIsCancelled(int chunks) throws Exception {
        stub.byDefault(Reply.text("one two three").stallAfter(chunks));
        CompletableFuture<Void> here = new CompletableFuture<>();
        List<TextDelta> deltas = new CopyOnWriteArrayList<>();
        var call = model(true).next(HELLO).subscribe().with(event -> {
            if (event instanceof TextDelta delta) {
                deltas.add(delta);
            }
            if (deltas.size() == chunks) {
                here.complete(null);
            }
        });
        if (chunks > 0) {
            here.get(5, TimeUnit.SECONDS);
        } else {
            while (stub.requestCount() == 0) {
                Thread.sleep(1);
            }
        }

        call.cancel();

        RecordedRequest request = sent().over().toCompletableFuture().get(1, TimeUnit.SECONDS);
        assertThat(request.connectionClosedByClient()).isTrue();
    }

    @Test
    void refusesSettingsThatCannotWork() {
        assertThatThrownBy(() -> settings("", "http://localhost/v1beta", KEY)).hasMessageContaining("the id");
        assertThatThrownBy(() -> settings("a/b?c", "http://localhost/v1beta", KEY))
                .hasMessageContaining("the id");
        assertThatThrownBy(() -> settings("g", "ftp://localhost", KEY)).hasMessageContaining("the address");
        assertThatThrownBy(() -> settings("g", "http://user:pw@localhost", KEY)).hasMessageContaining("the address");
        assertThatThrownBy(() -> settings("g", "http://localhost", " ")).hasMessageContaining("the key");
        assertThatThrownBy(() -> settings("g", "http://localhost", "two\nlines"))
                .hasMessageContaining("the key")
                .hasMessageNotContaining("two");
    }

    @Test
    void showsNoKeyInItsSettings() {
        GeminiSettings settings = settings("tunedModels/mine", "http://localhost/v1beta/", KEY + "\n");

        assertThat(settings.toString()).doesNotContain(KEY);
        assertThat(settings.key()).isEqualTo(KEY);
        assertThat(settings.address())
                .isEqualTo(URI.create("http://localhost/v1beta/tunedModels/mine:streamGenerateContent?alt=sse"));
    }

    private static GeminiSettings settings(String id, String base, String key) {
        return new GeminiSettings("gemini", id, URI.create(base), key, 1000, OptionalInt.empty(), true);
    }

    private static GeminiModel model(boolean stream) {
        return new GeminiModel(
                wire,
                new GeminiSettings(
                        "gemini", "gemini-stub", stub.geminiBase(), KEY, 1_000_000, OptionalInt.of(1000), stream));
    }

    private static Outcome ask(boolean stream, Prompt prompt) {
        return Outcome.of(model(stream).next(prompt));
    }

    private static RecordedRequest sent() {
        return stub.requests().getLast();
    }

    private static ObjectNode object(String field, String value) {
        return JsonNodeFactory.instance.objectNode().put(field, value);
    }

    private static String events(String... payloads) {
        return String.join(
                "",
                Stream.of(payloads)
                        .map(payload -> "data: " + payload + "\r\n\r\n")
                        .toList());
    }

    private static String error(int code, String message) {
        ObjectNode error = JsonNodeFactory.instance.objectNode();
        error.putObject("error").put("code", code).put("message", message).put("status", "INVALID_ARGUMENT");
        return error.toString();
    }

    private static String quota(String quotaId, String value, String retryDelay) {
        return """
                {"error":{"code":429,"message":"You exceeded your current quota.","status":"RESOURCE_EXHAUSTED","details":[
                  {"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[
                    {"quotaMetric":"generativelanguage.googleapis.com/generate_content_free_tier_requests",
                     "quotaId":"%s","quotaDimensions":{"location":"global"},"quotaValue":"%s"}]},
                  {"@type":"type.googleapis.com/google.rpc.Help","links":[]},
                  {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"%s"}]}}
                """.formatted(quotaId, value, retryDelay);
    }
}
