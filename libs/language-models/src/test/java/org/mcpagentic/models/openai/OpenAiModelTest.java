package org.mcpagentic.models.openai;

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
import org.mcpagentic.agent.model.ModelEvent.ToolCalls;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.agent.model.ModelException.Kind;
import org.mcpagentic.agent.model.Prompt;
import org.mcpagentic.agent.model.Usage;
import org.mcpagentic.agent.tool.ToolCall;
import org.mcpagentic.models.wire.Conversation;
import org.mcpagentic.models.wire.Outcome;
import org.mcpagentic.models.wire.WireClient;
import org.mcpagentic.models.wire.WireJson;
import org.mcpagentic.models.wire.WireSettings;
import org.mcpagentic.stubmodel.Call;
import org.mcpagentic.stubmodel.RecordedRequest;
import org.mcpagentic.stubmodel.Refusal;
import org.mcpagentic.stubmodel.Reply;
import org.mcpagentic.stubmodel.StubModel;

class OpenAiModelTest {

    private static final String KEY = "sk-stub-0123456789";
    private static final Prompt HELLO = Conversation.about("hello").prompt();

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

    @AfterEach
    void reset() {
        stub.reset();
    }

    @Test
    void streamsByDefaultWithItsKeyAndUsage() {
        stub.byDefault(Reply.text("one two three").usage(10, 4, 5, 0));

        Outcome outcome = ask(true, HELLO);

        assertThat(outcome.deltas()).hasSizeGreaterThan(2);
        assertThat(outcome.answer())
                .isEqualTo(new Answer("local", "one two three", new Usage(10, 4, 5, 0, 0), Optional.empty()));
        RecordedRequest request = sent();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/v1/chat/completions");
        assertThat(request.query()).isEmpty();
        assertThat(request.headers())
                .containsEntry("authorization", "Bearer " + KEY)
                .containsEntry("content-type", "application/json");
    }

    @Test
    void sendsNoKeyWhereThereIsNone() {
        Outcome.of(new OpenAiModel(wire, settings(Optional.empty(), OutputLimit.MAX_TOKENS, true)).next(HELLO))
                .answer();

        assertThat(sent().headers()).doesNotContainKey("authorization");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void countsWhatWasUsed(boolean stream) {
        stub.byDefault(Reply.thinking("hm ").text("yes").usage(100, 40, 20, 7));

        Outcome outcome = ask(stream, HELLO);

        assertThat(outcome.answer().text()).isEqualTo("yes");
        assertThat(outcome.turn().usage()).isEqualTo(new Usage(100, 40, 27, 7, 0));
    }

    @Test
    void writesTheWholeConversation() {
        Prompt prompt = Conversation.about("What is 1+1, and when?")
                .under("Be brief.")
                .withTool("calculator")
                .withTool("time.now")
                .thenElsewhere(
                        "",
                        Conversation.call("a", "calculator", "expression", "1+1"),
                        Conversation.call("x".repeat(50), "time.now", "zone", "UTC"))
                .returned("a", "calculator", "2")
                .failed("x".repeat(50), "time.now", "no such zone")
                .then(new Answer("elsewhere", "Two.", Usage.NONE, Optional.of("{\"provider\":\"gemini\"}")))
                .user("Thanks.")
                .prompt();

        ask(true, prompt).answer();

        assertThat(sent().body()).isEqualTo(WireJson.object("""
                        {"model":"stub-1",
                         "messages":[
                          {"role":"system","content":"Be brief."},
                          {"role":"user","content":"What is 1+1, and when?"},
                          {"role":"assistant","content":null,"tool_calls":[
                           {"id":"a","type":"function",
                            "function":{"name":"calculator","arguments":"{\\"expression\\":\\"1+1\\"}"}},
                           {"id":"call_3_1","type":"function",
                            "function":{"name":"time_now","arguments":"{\\"zone\\":\\"UTC\\"}"}}]},
                          {"role":"tool","tool_call_id":"a","content":"2"},
                          {"role":"tool","tool_call_id":"call_3_1","content":"error: no such zone"},
                          {"role":"assistant","content":"Two."},
                          {"role":"user","content":"Thanks."}],
                         "tools":[
                          {"type":"function","function":{"name":"calculator","description":"What calculator does.",
                           "parameters":{"type":"object","properties":{"expression":{"type":"string"}}}}},
                          {"type":"function","function":{"name":"time_now","description":"What time.now does.",
                           "parameters":{"type":"object","properties":{"expression":{"type":"string"}}}}}],
                         "max_completion_tokens":1000,
                         "stream":true,
                         "stream_options":{"include_usage":true}}
                        """).orElseThrow());
    }

    @Test
    void boundsTheOutputAsOtherServersWantItAndAsksForOnePiece() {
        stub.byDefault(Reply.text("Hello you"));

        Answer answer = Outcome.of(
                        new OpenAiModel(wire, settings(Optional.empty(), OutputLimit.MAX_TOKENS, false)).next(HELLO))
                .answer();

        assertThat(answer.text()).isEqualTo("Hello you");
        assertThat(sent().body().path("max_tokens").asInt()).isEqualTo(1000);
        assertThat(sent().body().has("max_completion_tokens")).isFalse();
        assertThat(sent().body().has("stream")).isFalse();
        assertThat(sent().body().has("stream_options")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsSeveralCallsOfOneTurnInOrder(boolean stream) {
        stub.byDefault(
                Reply.text("I look. ")
                        .calls(Call.of("time_now", object("zone", "UTC")), Call.of("clock"), Call.of("clock")),
                Reply.text("It is late."));
        Conversation conversation =
                Conversation.about("hello").withTool("time.now").withTool("clock");

        ToolCalls turn = ask(stream, conversation.prompt()).toolCalls();

        assertThat(turn.text()).isEqualTo("I look. ");
        assertThat(turn.calls()).extracting(ToolCall::toolName).containsExactly("time.now", "clock", "clock");
        assertThat(turn.calls()).extracting(ToolCall::flaw).containsOnly(Optional.empty());
        assertThat(turn.calls().getFirst().arguments()).isEqualTo(object("zone", "UTC"));
        assertThat(turn.calls()).extracting(ToolCall::callId).doesNotHaveDuplicates();

        conversation.then(turn);
        turn.calls().forEach(call -> conversation.returned(call.callId(), call.toolName(), "12:00"));
        assertThat(ask(stream, conversation.prompt()).answer().text()).isEqualTo("It is late.");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void handsBrokenArgumentsBackForRepair(boolean stream) {
        stub.byDefault(
                Reply.calls(
                        Call.broken("clock", "{\"zone\": \"UTC"),
                        Call.broken("clock", "[1]"),
                        Call.broken("clock", ""),
                        Call.of("clock", object("zone", "UTC"))),
                Reply.text("sorry"));
        Conversation conversation = Conversation.about("hello").withTool("clock");

        ToolCalls turn = ask(stream, conversation.prompt()).toolCalls();

        assertThat(turn.calls())
                .extracting(ToolCall::flaw)
                .containsExactly(
                        Optional.of("the arguments were no JSON object: {\"zone\": \"UTC"),
                        Optional.of("the arguments were no JSON object: [1]"),
                        Optional.empty(),
                        Optional.empty());
        conversation.then(turn);
        turn.calls().forEach(call -> conversation.failed(call.callId(), call.toolName(), "broken"));
        assertThat(ask(stream, conversation.prompt()).answer().text()).isEqualTo("sorry");
        assertThat(sent().body()
                        .at("/messages/1/tool_calls/0/function/arguments")
                        .asText())
                .isEqualTo("{}");
    }

    @Test
    void boundsWhatItShowsOfBrokenArguments() {
        stub.byDefault(Reply.calls(Call.broken("clock", "{" + "x".repeat(100_000))));

        ToolCalls turn = ask(true, Conversation.about("hello").withTool("clock").prompt())
                .toolCalls();

        assertThat(turn.calls().getFirst().flaw())
                .hasValueSatisfying(flaw -> assertThat(flaw).hasSizeLessThan(300));
    }

    static Stream<Arguments> oddCalls() {
        return Stream.of(
                Arguments.of(
                        "no ids",
                        List.of(
                                "{\"index\":0,\"function\":{\"name\":\"a\",\"arguments\":\"{}\"}}",
                                "{\"index\":1,\"function\":{\"name\":\"b\",\"arguments\":\"{}\"}}"),
                        List.of("call_1 a {}", "call_2 b {}")),
                Arguments.of(
                        "the same id",
                        List.of(
                                "{\"index\":0,\"id\":\"x\",\"function\":{\"name\":\"a\",\"arguments\":\"{}\"}}",
                                "{\"index\":1,\"id\":\"x\",\"function\":{\"name\":\"b\",\"arguments\":\"{}\"}}"),
                        List.of("x a {}", "call_1 b {}")),
                Arguments.of(
                        "the same number",
                        List.of(
                                "{\"index\":0,\"id\":\"x\",\"function\":{\"name\":\"a\",\"arguments\":\"{\"}}",
                                "{\"index\":0,\"function\":{\"arguments\":\"}\"}}",
                                "{\"index\":0,\"id\":\"y\",\"function\":{\"name\":\"b\",\"arguments\":\"{}\"}}"),
                        List.of("x a {}", "y b {}")),
                Arguments.of(
                        "no numbers",
                        List.of(
                                "{\"id\":\"x\",\"function\":{\"name\":\"a\",\"arguments\":\"{\"}}",
                                "{\"function\":{\"arguments\":\"}\"}}",
                                "{\"id\":\"y\",\"function\":{\"name\":\"b\"}}"),
                        List.of("x a {}", "y b {}")),
                Arguments.of(
                        "interleaved",
                        List.of(
                                "{\"index\":1,\"id\":\"y\",\"function\":{\"name\":\"b\",\"arguments\":\"{\"}}",
                                "{\"index\":0,\"id\":\"x\",\"function\":{\"name\":\"a\",\"arguments\":\"{\"}}",
                                "{\"index\":1,\"function\":{\"arguments\":\"}\"}}",
                                "{\"index\":0,\"function\":{\"arguments\":\"}\"}}"),
                        List.of("y b {}", "x a {}")),
                Arguments.of(
                        "an object for arguments",
                        List.of("{\"index\":0,\"id\":\"x\",\"function\":{\"name\":\"a\",\"arguments\":{\"b\":1}}}"),
                        List.of("x a {\"b\":1}")),
                Arguments.of(
                        "no name", List.of("{\"index\":0,\"id\":\"x\",\"function\":{}}"), List.of("x unnamed {}")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oddCalls")
    void putsOddCallsTogether(String name, List<String> entries, List<String> calls) {
        String[] chunks = Stream.concat(
                        entries.stream()
                                .map(entry ->
                                        "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[" + entry + "]}}]}"),
                        Stream.of("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}"))
                .toArray(String[]::new);
        stub.byDefault(Reply.rawBody("text/event-stream", events(chunks)));

        ToolCalls turn = ask(true, HELLO).toolCalls();

        assertThat(turn.calls())
                .extracting(call -> call.callId() + " " + call.toolName() + " " + call.arguments())
                .isEqualTo(calls);
    }

    @Test
    void readsTheCallOfAnOldServer() {
        stub.byDefault(Reply.rawBody(
                "text/event-stream",
                events(
                        "{\"choices\":[{\"delta\":{\"function_call\":{\"name\":\"clock\",\"arguments\":\"{\\\"a\\\"\"}}}]}",
                        "{\"choices\":[{\"delta\":{\"function_call\":{\"arguments\":\":1}\"}}}]}",
                        "{\"choices\":[{\"delta\":{},\"finish_reason\":\"function_call\"}]}")));

        assertThat(ask(true, HELLO).toolCalls().calls())
                .singleElement()
                .isEqualTo(new ToolCall(
                        "call_1", "clock", JsonNodeFactory.instance.objectNode().put("a", 1)));
    }

    @Test
    void takesCallsWhoseEndSaysStop() {
        stub.byDefault(Reply.calls(Call.of("clock")).finish("STOP"));

        assertThat(ask(true, HELLO).toolCalls().calls()).hasSize(1);
    }

    @Test
    void isContentWithAReasonInPlaceOfDone() {
        stub.byDefault(Reply.rawBody("text/event-stream", events("""
                {"choices":[{"delta":{"content":"Hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":2}}""")));

        assertThat(ask(true, HELLO).answer())
                .isEqualTo(new Answer("local", "Hello", new Usage(1, 2, 0), Optional.empty()));
    }

    @Test
    void isContentWithOnePieceWhereItAskedForAStream() {
        stub.byDefault(Reply.rawBody("application/json", """
                {"choices":[{"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}]}"""));

        assertThat(ask(true, HELLO).answer()).isEqualTo(new Answer("local", "Hello", Usage.NONE, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "MAX_TOKENS,true",
        "MAX_TOKENS,false",
    })
    void marksAnAnswerThatHadToStop(String finish, boolean stream) {
        stub.byDefault(Reply.text("Once upon a").finish(finish));

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
        "SAFETY,BLOCKED,withheld its answer: content_filter",
        "error,UNUSABLE,gave up: error",
        "not_yet_invented,UNUSABLE,gave up: not_yet_invented",
        "<script>,UNUSABLE,gave up: a reason that is not known"
    })
    void namesTheReasonOfAnEndThatIsNone(String reason, Kind kind, String what) {
        stub.byDefault(Reply.text("Once").finish(reason));

        ModelException failure = ask(true, HELLO).failure();

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessage("the model \"local\" " + what);
    }

    @Test
    void tellsARefusalFromAnAnswer() {
        stub.byDefault(Reply.rawBody(
                "text/event-stream",
                events(
                        "{\"choices\":[{\"delta\":{\"refusal\":\"I must not\"}}]}",
                        "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}")));

        ModelException failure = ask(true, HELLO).failure();

        assertThat(failure.kind()).isEqualTo(Kind.BLOCKED);
        assertThat(failure).hasMessage("the model \"local\" refused to answer");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void saysThatThePromptIsBlocked(boolean stream) {
        stub.byDefault(Reply.blockedPrompt());

        assertThat(ask(stream, HELLO).failure().kind()).isEqualTo(Kind.BLOCKED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cannotUseAnAnswerWithoutChoices(boolean stream) {
        stub.byDefault(Reply.emptyCandidates());

        assertThat(ask(stream, HELLO).failure()).hasMessage("the model \"local\" returned nothing");
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
                        Reply.rateLimited(Duration.ofMillis(1_500)),
                        Kind.RATE_LIMITED,
                        Optional.of(Duration.ofMillis(1_500))),
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
            assertThat(failure.getMessage()).startsWith("the model \"local\" ").doesNotContain(KEY);
        }
    }

    static Stream<Arguments> statuses() {
        String text = "text/plain";
        return Stream.of(
                Arguments.of(
                        400,
                        error("bad", "Bad sk-stub-0123456789\n\u0007" + "x".repeat(1000)),
                        Map.of(),
                        Kind.PERMANENT,
                        none()),
                Arguments.of(400, error("context_length_exceeded", "Too much."), Map.of(), Kind.TOO_LONG, none()),
                Arguments.of(
                        400,
                        "{\"error\":{\"code\":400,\"message\":\"the request exceeds the available context size, try"
                                + " increasing it\",\"type\":\"exceed_context_size_error\"}}",
                        Map.of(),
                        Kind.TOO_LONG,
                        none()),
                Arguments.of(
                        400,
                        "{\"object\":\"error\",\"message\":\"This model's maximum context length is 4096 tokens.\","
                                + "\"type\":\"BadRequestError\",\"code\":400}",
                        Map.of(),
                        Kind.TOO_LONG,
                        none()),
                Arguments.of(
                        500,
                        "{\"error\":\"the request exceeds the available context size\"}",
                        Map.of(),
                        Kind.TOO_LONG,
                        none()),
                Arguments.of(401, "", Map.of(), Kind.KEY_REFUSED, none()),
                Arguments.of(402, error("insufficient_balance", "Pay."), Map.of(), Kind.QUOTA_EXHAUSTED, none()),
                Arguments.of(403, "<html>", Map.of(), Kind.KEY_REFUSED, none()),
                Arguments.of(
                        404,
                        "{\"error\":{\"message\":\"model \\\"x\\\" not found\"}}",
                        Map.of(),
                        Kind.PERMANENT,
                        none()),
                Arguments.of(413, text, Map.of(), Kind.TOO_LONG, none()),
                Arguments.of(
                        429,
                        error("insufficient_quota", "Pay."),
                        Map.of("Retry-After", "5"),
                        Kind.QUOTA_EXHAUSTED,
                        none()),
                Arguments.of(429, text, Map.of(), Kind.RATE_LIMITED, none()),
                Arguments.of(
                        429, text, Map.of("Retry-After", "12"), Kind.RATE_LIMITED, Optional.of(Duration.ofSeconds(12))),
                Arguments.of(
                        429,
                        text,
                        Map.of("retry-after-ms", "1500", "Retry-After", "2"),
                        Kind.RATE_LIMITED,
                        Optional.of(Duration.ofMillis(1500))),
                Arguments.of(
                        429,
                        text,
                        Map.of("x-ratelimit-reset-requests", "120ms"),
                        Kind.RATE_LIMITED,
                        Optional.of(Duration.ofMillis(120))),
                Arguments.of(
                        429,
                        text,
                        Map.of(
                                "x-ratelimit-remaining-requests", "99",
                                "x-ratelimit-reset-requests", "1s",
                                "x-ratelimit-remaining-tokens", "0",
                                "x-ratelimit-reset-tokens", "6m0s"),
                        Kind.RATE_LIMITED,
                        Optional.of(Duration.ofMinutes(6))),
                Arguments.of(503, text, Map.of("Retry-After", "3"), Kind.TRANSIENT, Optional.of(Duration.ofSeconds(3))),
                Arguments.of(529, text, Map.of(), Kind.TRANSIENT, none()),
                Arguments.of(418, "short and stout", Map.of(), Kind.PERMANENT, none()),
                Arguments.of(307, "", Map.of("Location", "http://127.0.0.1:1/"), Kind.PERMANENT, none()));
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"message\":\"m\",\"type\":\"server_error\",\"code\":null} | TRANSIENT",
                "{\"message\":\"m\",\"type\":\"requests\",\"code\":\"rate_limit_exceeded\"} | RATE_LIMITED",
                "{\"message\":\"m\",\"code\":\"insufficient_quota\"} | QUOTA_EXHAUSTED",
                "{\"message\":\"m\",\"type\":\"invalid_request_error\"} | PERMANENT",
                "{\"message\":\"m\",\"type\":\"invalid_request_error\",\"code\":\"context_length_exceeded\"} | TOO_LONG",
                "{\"message\":\"m\",\"type\":\"BadRequestError\",\"code\":400} | PERMANENT",
                "{\"message\":\"m\",\"code\":502} | TRANSIENT",
                "{\"message\":\"m\",\"code\":\"invalid_api_key\"} | KEY_REFUSED",
                "{\"message\":\"the request exceeds the available context size\"} | TOO_LONG",
                "{\"code\":\"content_filter\"} | BLOCKED",
                "\"something broke\" | TRANSIENT",
                "{} | TRANSIENT"
            })
    void readsErrorsInTheMiddleOfAnAnswer(String error, Kind kind) {
        stub.byDefault(Reply.rawBody(
                "text/event-stream",
                events("{\"choices\":[{\"delta\":{\"content\":\"one\"}}]}", "{\"error\":" + error + "}")));

        Outcome outcome = ask(true, HELLO);

        assertThat(outcome.deltas()).containsExactly("one");
        assertThat(outcome.failure().kind()).isEqualTo(kind);
    }

    @Test
    void saysWhetherItIsTheKeyOrThatThereIsNone() {
        stub.byDefault(Reply.missingKey());

        assertThat(ask(true, HELLO).failure())
                .hasMessage(
                        "the model \"local\" refused its key (401): check that it is right, and that it may use stub-1");
        assertThat(Outcome.of(new OpenAiModel(wire, settings(Optional.empty(), OutputLimit.MAX_TOKENS, true))
                                .next(HELLO))
                        .failure())
                .hasMessage("the model \"local\" wants a key (401)");
    }

    @Test
    void callsAStreamThatIsCutTransient() {
        stub.byDefault(Reply.text("one two three").cutAfter(2));

        Outcome outcome = ask(true, HELLO);

        assertThat(outcome.deltas()).hasSize(2);
        assertThat(outcome.failure().kind()).isEqualTo(Kind.TRANSIENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "data: [DONE]\n\n",
                "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\ndata: [DONE]\n\n"
            })
    void callsAStreamThatEndsWithoutAReasonCut(String body) {
        stub.byDefault(Reply.rawBody("text/event-stream", body));

        assertThat(ask(true, HELLO).failure().kind()).isEqualTo(Kind.TRANSIENT);
    }

    @Test
    void cannotUseAMalformedChunk() {
        stub.byDefault(Reply.text("one two three").malformedChunkAfter(1));

        assertThat(ask(true, HELLO).failure()).hasMessage("the model \"local\" sent something that is no JSON object");
    }

    @Test
    void cannotUseMoreCallsThanThereMayBe() {
        Call[] calls = new Call[65];
        Arrays.fill(calls, Call.of("clock"));
        stub.byDefault(Reply.calls(calls));

        assertThat(ask(true, HELLO).failure()).hasMessage("the model \"local\" wants more than 64 calls in one turn");
    }

    @Test
    void cannotUseArgumentsWithoutEnd() {
        stub.byDefault(Reply.calls(Call.broken("clock", "x".repeat(1 << 20)), Call.of("clock")));

        assertThat(ask(true, HELLO).failure()).hasMessageContaining("characters of arguments");
    }

    @Test
    void closesTheConnectionWhenItIsCancelled() throws Exception {
        stub.byDefault(Reply.text("one two three").stallAfter(1));
        CompletableFuture<Void> here = new CompletableFuture<>();
        var call = model(true).next(HELLO).subscribe().with(event -> here.complete(null));
        here.get(5, TimeUnit.SECONDS);

        call.cancel();

        RecordedRequest request = sent().over().toCompletableFuture().get(1, TimeUnit.SECONDS);
        assertThat(request.connectionClosedByClient()).isTrue();
    }

    @Test
    void refusesSettingsThatCannotWork() {
        URI base = stub.openAiBase();
        assertThatThrownBy(() -> new OpenAiSettings(
                        "local", " ", base, Optional.empty(), 1, OptionalInt.empty(), OutputLimit.MAX_TOKENS, true))
                .hasMessageContaining("the id");
        assertThatThrownBy(() -> new OpenAiSettings(
                        "local", "x", base, Optional.of("a b"), 1, OptionalInt.empty(), OutputLimit.MAX_TOKENS, true))
                .hasMessageContaining("the key")
                .hasMessageNotContaining("a b");
        assertThat(settings(Optional.of(KEY), OutputLimit.MAX_TOKENS, true).toString())
                .doesNotContain(KEY);
    }

    private static OpenAiSettings settings(Optional<String> key, OutputLimit limit, boolean stream) {
        return new OpenAiSettings(
                "local", "stub-1", stub.openAiBase(), key, 100_000, OptionalInt.of(1000), limit, stream);
    }

    private static OpenAiModel model(boolean stream) {
        return new OpenAiModel(wire, settings(Optional.of(KEY), OutputLimit.MAX_COMPLETION_TOKENS, stream));
    }

    private static Outcome ask(boolean stream, Prompt prompt) {
        return Outcome.of(model(stream).next(prompt));
    }

    private static RecordedRequest sent() {
        return stub.requests().getLast();
    }

    private static JsonNode object(String field, String value) {
        return JsonNodeFactory.instance.objectNode().put(field, value);
    }

    private static Optional<Duration> none() {
        return Optional.empty();
    }

    private static String events(String... payloads) {
        return String.join(
                "",
                Stream.of(payloads).map(payload -> "data: " + payload + "\n\n").toList());
    }

    private static String error(String code, String message) {
        ObjectNode error = JsonNodeFactory.instance.objectNode();
        error.putObject("error").put("code", code).put("message", message).put("type", "some_error");
        return error.toString();
    }
}
