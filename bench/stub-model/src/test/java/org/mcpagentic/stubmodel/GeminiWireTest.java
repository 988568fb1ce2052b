package org.mcpagentic.stubmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mcpagentic.stubmodel.Client.content;
import static org.mcpagentic.stubmodel.Client.contents;
import static org.mcpagentic.stubmodel.Client.object;
import static org.mcpagentic.stubmodel.Client.response;
import static org.mcpagentic.stubmodel.Client.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpClient;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GeminiWireTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final StubModel stub = StubModel.start();
    private final Client client = new Client(stub, http);

    @AfterEach
    void stop() {
        stub.close();
        http.close();
    }

    @Test
    void anAnswerInOnePieceHasTextFinishReasonAndUsage() {
        stub.byDefault(Reply.text("It is 42.").usage(100, 40, 7, 5));

        JsonNode answer =
                client.gemini(contents(content("user", text("what is it")))).json();

        assertThat(answer.at("/candidates/0/content/role").asText()).isEqualTo("model");
        assertThat(answer.at("/candidates/0/content/parts/0/text").asText()).isEqualTo("It is 42.");
        assertThat(answer.at("/candidates/0/finishReason").asText()).isEqualTo("STOP");
        assertThat(answer.at("/usageMetadata/promptTokenCount").asInt()).isEqualTo(100);
        assertThat(answer.at("/usageMetadata/cachedContentTokenCount").asInt()).isEqualTo(40);
        assertThat(answer.at("/usageMetadata/candidatesTokenCount").asInt()).isEqualTo(7);
        assertThat(answer.at("/usageMetadata/thoughtsTokenCount").asInt()).isEqualTo(5);
        assertThat(answer.at("/usageMetadata/totalTokenCount").asInt()).isEqualTo(112);
        assertThat(answer.path("modelVersion").asText()).isEqualTo("gemini-3-flash");
        assertThat(answer.path("responseId").asText()).isNotEmpty();
    }

    @Test
    void aStreamComesInWordsAndEndsWithTheFinishReasonAndTheWholeUsage() {
        stub.byDefault(Reply.text("one two three").usage(10, 0, 6, 0));

        Client.Got got = client.geminiStream(contents(content("user", text("count"))));

        assertThat(got.response().headers().firstValue("content-type")).contains("text/event-stream");
        assertThat(got.events())
                .extracting(
                        event -> event.at("/candidates/0/content/parts/0/text").asText())
                .containsExactly("one ", "two ", "three");
        assertThat(got.events())
                .extracting(event -> event.at("/candidates/0/finishReason").asText())
                .containsExactly("", "", "STOP");
        assertThat(got.events())
                .extracting(
                        event -> event.at("/usageMetadata/candidatesTokenCount").asInt())
                .containsExactly(2, 4, 6);
    }

    @Test
    void aToolIsCalledAndItsResultAnswered() {
        stub.when("sum")
                .then(
                        Reply.calls(Call.of("add", object().put("a", 1)), Call.of("add", object().put("a", 2))),
                        Reply.text("3"));
        ObjectNode question = content("user", text("the sum, please"));
        ObjectNode calls = (ObjectNode) client.gemini(contents(question)).json().at("/candidates/0/content");

        JsonNode answer = client.gemini(
                        contents(question, calls, content("user", response("add", "1"), response("add", "3"))))
                .json();

        assertThat(calls.at("/parts/0/functionCall/args/a").asInt()).isEqualTo(1);
        assertThat(calls.at("/parts/0/thoughtSignature").asText()).isNotEmpty();
        assertThat(calls.at("/parts/1").has("thoughtSignature")).isFalse();
        assertThat(answer.at("/candidates/0/content/parts/0/text").asText()).isEqualTo("3");
        assertThat(stub.requests().getLast().understood().orElseThrow().toolResults())
                .extracting(ToolResult::name)
                .containsExactly("add", "add");
    }

    @Test
    void aCallThatComesBackWithoutItsSignatureIsRefused() {
        stub.byDefault(Reply.calls(Call.of("add")), Reply.text("done"));
        ObjectNode question = content("user", text("add"));
        ObjectNode calls = (ObjectNode) client.gemini(contents(question)).json().at("/candidates/0/content");
        ((ObjectNode) calls.at("/parts/0")).remove("thoughtSignature");

        Client.Got got = client.gemini(contents(question, calls, content("user", response("add", "1"))));

        assertThat(got.status()).isEqualTo(400);
        assertThat(got.json().at("/error/message").asText()).contains("missing a thought_signature");
    }

    @Test
    void thoughtsComeBeforeTheTextAndTheTextIsSigned() {
        stub.byDefault(Reply.thinking("let me see").text("It is so."));

        Client.Got got = client.geminiStream(contents(content("user", text("why"))));

        String thoughts = got.events().stream()
                .map(event -> event.at("/candidates/0/content/parts/0"))
                .filter(part -> part.path("thought").asBoolean())
                .map(part -> part.path("text").asText())
                .collect(Collectors.joining());
        assertThat(thoughts).isEqualTo("let me see");
        assertThat(got.events()
                        .getLast()
                        .at("/candidates/0/content/parts/0/thoughtSignature")
                        .asText())
                .isNotEmpty();
    }

    @Test
    void callsHaveIdsThatTheirResponsesMustBearUnlessNoneAreGiven() {
        stub.byDefault(Reply.calls(Call.of("add"), Call.of("add")));
        ObjectNode question = content("user", text("add"));
        ObjectNode calls = (ObjectNode) client.gemini(contents(question)).json().at("/candidates/0/content");
        ObjectNode wrong = response("add", "1");
        ((ObjectNode) wrong.path("functionResponse")).put("id", "another");

        Client.Got refused = client.gemini(contents(question, calls, content("user", wrong, response("add", "2"))));

        assertThat(calls.at("/parts/0/functionCall/id").asText())
                .isNotEqualTo(calls.at("/parts/1/functionCall/id").asText())
                .isNotEmpty();
        assertThat(refused.status()).isEqualTo(400);
        try (StubModel older = StubModel.builder().givingCallIds(false).build()) {
            older.byDefault(Reply.calls(Call.of("add")));
            JsonNode without =
                    new Client(older, http).gemini(contents(question)).json();
            assertThat(without.at("/candidates/0/content/parts/0/functionCall").has("id"))
                    .isFalse();
        }
    }
}
