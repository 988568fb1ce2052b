package org.mcpagentic.stubmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mcpagentic.stubmodel.Client.array;
import static org.mcpagentic.stubmodel.Client.message;
import static org.mcpagentic.stubmodel.Client.messages;
import static org.mcpagentic.stubmodel.Client.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OpenAiWireTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final StubModel stub = StubModel.builder().key("right").build();
    private final Client client = new Client(stub, http);

    @AfterEach
    void stop() {
        stub.close();
        http.close();
    }

    @Test
    void anAnswerInOnePieceHasMessageFinishReasonAndUsage() {
        stub.byDefault(Reply.text("It is 42.").usage(100, 40, 7, 5));

        JsonNode answer = ask(messages(message("user", "what is it"))).json();

        assertThat(answer.at("/object").asText()).isEqualTo("chat.completion");
        assertThat(answer.at("/choices/0/message/content").asText()).isEqualTo("It is 42.");
        assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(100);
        assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(12);
        assertThat(answer.at("/usage/total_tokens").asInt()).isEqualTo(112);
        assertThat(answer.at("/usage/prompt_tokens_details/cached_tokens").asInt())
                .isEqualTo(40);
        assertThat(answer.at("/usage/completion_tokens_details/reasoning_tokens")
                        .asInt())
                .isEqualTo(5);
    }

    @Test
    void aStreamHasARoleThenWordsThenTheReasonThenTheUsageThenDone() {
        stub.byDefault(Reply.text("one two three").usage(10, 0, 6, 0));

        Client.Got got = askStreaming(messages(message("user", "count")));

        List<JsonNode> events = got.events();
        assertThat(events.getFirst().at("/choices/0/delta/role").asText()).isEqualTo("assistant");
        assertThat(events.stream()
                        .map(event -> event.at("/choices/0/delta/content").asText())
                        .collect(Collectors.joining("|")))
                .isEqualTo("|one |two |three||");
        assertThat(events.get(4).at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(events.get(5).at("/choices")).isEmpty();
        assertThat(events.get(5).at("/usage/completion_tokens").asInt()).isEqualTo(6);
        assertThat(got.data().getLast()).isEqualTo("[DONE]");
    }

    @Test
    void withoutAskingForItAStreamHasNoUsage() {
        Client.Got got = ask(messages(message("user", "hi")).put("stream", true));

        assertThat(got.events()).noneMatch(event -> event.has("usage"));
    }

    @Test
    void callsStreamAsTheirNamesAndThenTheirArgumentsBitByBit() {
        stub.byDefault(
                Reply.calls(Call.of("add", object().put("first", 1)), Call.of("sub", object().put("second", 2))));

        Client.Got got = askStreaming(messages(message("user", "add")));

        List<JsonNode> deltas = got.events().stream()
                .map(event -> event.at("/choices/0/delta/tool_calls/0"))
                .filter(delta -> !delta.isMissingNode())
                .toList();
        assertThat(argumentsOf(0, deltas)).isEqualTo("{\"first\":1}");
        assertThat(argumentsOf(1, deltas)).isEqualTo("{\"second\":2}");
        assertThat(deltas.stream().filter(delta -> delta.has("id")))
                .extracting(delta -> delta.at("/function/name").asText())
                .containsExactly("add", "sub");
        assertThat(deltas).hasSizeGreaterThan(4);
        assertThat(got.events())
                .extracting(event -> event.at("/choices/0/finish_reason").asText())
                .contains("tool_calls");
    }

    @Test
    void aToolIsCalledAndItsResultAnswered() {
        stub.when("sum").then(Reply.calls(Call.of("add", object().put("a", 1))), Reply.text("3"));
        ObjectNode question = message("user", "the sum");
        ObjectNode calling = (ObjectNode) ask(messages(question)).json().at("/choices/0/message");
        calling.remove("refusal");
        String id = calling.at("/tool_calls/0/id").asText();

        JsonNode answer = ask(messages(question, calling, message("tool", "3").put("tool_call_id", id)))
                .json();

        assertThat(answer.at("/choices/0/message/content").asText()).isEqualTo("3");
        assertThat(stub.requests().getLast().understood().orElseThrow().toolResults())
                .containsExactly(new ToolResult(id, "add", "3"));
    }

    @Test
    void argumentsThatAreNoJsonPassAsTheyAre() {
        stub.byDefault(Reply.calls(Call.of("add")).brokenArguments("{not json"));

        JsonNode answer = ask(messages(message("user", "add"))).json();

        assertThat(answer.at("/choices/0/message/tool_calls/0/function/arguments")
                        .asText())
                .isEqualTo("{not json");
    }

    @Test
    void thoughtsAreReasoningContent() {
        stub.byDefault(Reply.thinking("let me see").text("so"));

        JsonNode answer = ask(messages(message("user", "why"))).json();

        assertThat(answer.at("/choices/0/message/reasoning_content").asText()).isEqualTo("let me see");
    }

    @Test
    void theListOfModelsIsThere() {
        Client.Got got = client.send(HttpRequest.newBuilder(URI.create(stub.openAiBase() + "/models"))
                .header("authorization", "Bearer right"));

        assertThat(got.json().at("/data/0/object").asText()).isEqualTo("model");
    }

    @Test
    void aWrongAndAMissingKeyAreUnauthorized() {
        Client.Got wrong = client.send(
                client.openAiRequest(messages(message("user", "hi"))).header("authorization", "Bearer wrong"));
        Client.Got missing = client.openAi(messages(message("user", "hi")));

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.json().at("/error/code").asText()).isEqualTo("invalid_api_key");
        assertThat(missing.status()).isEqualTo(401);
        assertThat(missing.json().at("/error/code").isNull()).isTrue();
    }

    static Stream<Arguments> whatOpenAiRefuses() {
        ObjectNode question = message("user", "add");
        return Stream.of(
                Arguments.of("no messages", object().put("model", "any"), "empty array"),
                Arguments.of("no model", object().set("messages", array(question)), "model parameter"),
                Arguments.of(
                        "a field that there is none of",
                        messages(question).put("max_output_tokens", 1),
                        "Unrecognized request argument supplied: max_output_tokens"),
                Arguments.of(
                        "stream options without a stream",
                        messages(question).set("stream_options", object()),
                        "only allowed when 'stream' is enabled"),
                Arguments.of("a role of another wire", messages(message("model", "x")), "Supported values are"),
                Arguments.of("no content", messages(object().put("role", "user")), "expected a string"),
                Arguments.of(
                        "a tool message to no call",
                        messages(question, message("tool", "1").put("tool_call_id", "call_1")),
                        "must be a response to a preceeding message"),
                Arguments.of(
                        "a call that is not answered",
                        messages(question, calling("call_1", "{}"), question),
                        "did not have response messages before messages[2]: call_1"),
                Arguments.of(
                        "calls of which one is not answered, at the end",
                        messages(question, calling("call_1", "{}")),
                        "did not have response messages before messages[2]: call_1"),
                Arguments.of(
                        "a name of a function that is none",
                        messages(question).set("tools", array(tool("no spaces"))),
                        "does not match pattern"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whatOpenAiRefuses")
    void whatOpenAiRefusesIsRefusedInItsWords(String what, ObjectNode body, String words) {
        Client.Got got = ask(body);

        assertThat(got.status()).as(what).isEqualTo(400);
        assertThat(got.json().at("/error/type").asText()).isEqualTo("invalid_request_error");
        assertThat(got.json().at("/error/message").asText()).contains(words);
    }

    @Test
    void argumentsThatAreAnObjectAreRefused() {
        ObjectNode calling = calling("call_1", "{}");
        ((ObjectNode) calling.at("/tool_calls/0/function")).set("arguments", object());

        Client.Got got = ask(
                messages(message("user", "add"), calling, message("tool", "1").put("tool_call_id", "call_1")));

        assertThat(got.status()).isEqualTo(400);
        assertThat(got.json().at("/error/message").asText()).contains("function.arguments': expected a string");
    }

    private Client.Got ask(JsonNode body) {
        return client.send(client.openAiRequest(body).header("authorization", "Bearer right"));
    }

    private Client.Got askStreaming(ObjectNode body) {
        body.put("stream", true).putObject("stream_options").put("include_usage", true);
        return ask(body);
    }

    private static String argumentsOf(int index, List<JsonNode> deltas) {
        return deltas.stream()
                .filter(delta -> delta.path("index").asInt() == index)
                .map(delta -> delta.at("/function/arguments").asText())
                .collect(Collectors.joining());
    }

    private static ObjectNode calling(String id, String arguments) {
        ObjectNode calling = object().put("role", "assistant").putNull("content");
        calling.putArray("tool_calls")
                .addObject()
                .put("id", id)
                .put("type", "function")
                .putObject("function")
                .put("name", "add")
                .put("arguments", arguments);
        return calling;
    }

    private static ObjectNode tool(String name) {
        ObjectNode tool = object().put("type", "function");
        tool.putObject("function").put("name", name);
        return tool;
    }
}
