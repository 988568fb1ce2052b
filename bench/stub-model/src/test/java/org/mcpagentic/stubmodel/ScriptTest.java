package org.mcpagentic.stubmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mcpagentic.stubmodel.Client.content;
import static org.mcpagentic.stubmodel.Client.contents;
import static org.mcpagentic.stubmodel.Client.message;
import static org.mcpagentic.stubmodel.Client.messages;
import static org.mcpagentic.stubmodel.Client.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScriptTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final StubModel stub = StubModel.start();
    private final Client client = new Client(stub, http);

    @AfterEach
    void stop() {
        stub.close();
        http.close();
    }

    @Test
    void theTurnIsReadFromTheConversationWhateverWasAskedBefore() {
        stub.when("story").then(Reply.text("zero"), Reply.text("one"), Reply.text("two"));

        String second = said(turns(1));
        String first = said(turns(0));
        String third = said(turns(2));
        String beyond = said(turns(3));

        assertThat(List.of(first, second, third, beyond)).containsExactly("zero", "one", "two", "two");
    }

    @Test
    void theFirstRuleThatFitsGoesElseTheDefault() {
        stub.when("csv").then(Reply.text("first"));
        stub.when("csv file").then(Reply.text("second"));
        stub.byDefault(Reply.text("default"));

        String both = said(contents(content("user", text("my csv file"))));
        String neither = said(contents(content("user", text("my table"))));

        assertThat(both).isEqualTo("first");
        assertThat(neither).isEqualTo("default");
    }

    @Test
    void attemptsAreCountedForEachInputAndTurn() {
        stub.byDefault(Reply.perAttempt(Reply.overloaded(), Reply.text("ok")));

        Client.Got failed = client.gemini(turns(0));
        Client.Got other = client.gemini(contents(content("user", text("another"))));
        Client.Got worked = client.gemini(turns(0));
        Client.Got nextTurn = client.gemini(turns(1));

        assertThat(List.of(failed.status(), other.status(), worked.status(), nextTurn.status()))
                .containsExactly(503, 503, 200, 503);
    }

    @Test
    void aFreeScriptSeesTheRequestWhicheverWireItCameBy() {
        List<ModelRequest> seen = new CopyOnWriteArrayList<>();
        stub.answering(request -> {
            seen.add(request);
            return Reply.text(request.provider().name());
        });
        ObjectNode gemini = contents(content("user", text("hi")));
        gemini.putObject("systemInstruction").putArray("parts").add(text("be kind"));
        gemini.putArray("tools")
                .addObject()
                .putArray("functionDeclarations")
                .addObject()
                .put("name", "add");

        String geminiSaid = said(gemini);
        client.openAiStream(messages(message("system", "be brief"), message("user", "ho")));

        assertThat(geminiSaid).isEqualTo("GEMINI");
        assertThat(seen)
                .containsExactly(
                        new ModelRequest(
                                Provider.GEMINI,
                                "gemini-3-flash",
                                false,
                                "be kind",
                                List.of("hi"),
                                0,
                                List.of("add"),
                                List.of(),
                                1),
                        new ModelRequest(
                                Provider.OPENAI, "any", true, "be brief", List.of("ho"), 0, List.of(), List.of(), 1));
    }

    @Test
    void aScriptThatFailsIsAnInternalErrorThatSaysSo() {
        stub.answering(request -> {
            throw new IllegalStateException("no such turn");
        });

        Client.Got got = client.gemini(turns(0));

        assertThat(got.status()).isEqualTo(500);
        assertThat(got.json().at("/error/message").asText()).contains("no such turn");
    }

    @Test
    void aScriptHasATurn() {
        assertThatIllegalArgumentException().isThrownBy(() -> stub.when("x").then());
        assertThatIllegalArgumentException().isThrownBy(stub::byDefault);
    }

    @Test
    void requestsAreKeptWithHeadBodyAndStatusUntilReset() {
        client.send(client.geminiRequest("generateContent?key=k", turns(0)).header("X-Trace", "abc"));

        RecordedRequest kept = stub.requests().getFirst();

        assertThat(kept.method()).isEqualTo("POST");
        assertThat(kept.path()).isEqualTo("/v1beta/models/gemini-3-flash:generateContent");
        assertThat(kept.query()).containsEntry("key", "k");
        assertThat(kept.headers()).containsEntry("x-trace", "abc");
        assertThat(kept.body()).isEqualTo(turns(0));
        assertThat(kept.status()).isEqualTo(200);
        stub.reset();
        assertThat(stub.requests()).isEmpty();
        assertThat(stub.requestCount()).isZero();
    }

    @Test
    void ofManyRequestsTheLatestAreKept() {
        try (StubModel small = StubModel.builder().keepingRequests(2).build()) {
            Client asking = new Client(small, http);

            asking.gemini(contents(content("user", text("a"))));
            asking.gemini(contents(content("user", text("b"))));
            asking.gemini(contents(content("user", text("c"))));

            assertThat(small.requests())
                    .extracting(request -> request.understood().orElseThrow().input())
                    .containsExactly("b", "c");
            assertThat(small.requestCount()).isEqualTo(3);
            assertThat(small.answersByStatus()).containsEntry(200, 3L);
        }
    }

    private String said(ObjectNode body) {
        return client.gemini(body)
                .json()
                .at("/candidates/0/content/parts/0/text")
                .asText();
    }

    private static ObjectNode turns(int modelTurns) {
        ObjectNode body = contents(content("user", text("a story")));
        for (int i = 0; i < modelTurns; i++) {
            body.withArray("contents").add(content("model", text("so " + i))).add(content("user", text("go on")));
        }
        return body;
    }
}
