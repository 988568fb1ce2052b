package org.mcpagentic.stubmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mcpagentic.stubmodel.Client.content;
import static org.mcpagentic.stubmodel.Client.contents;
import static org.mcpagentic.stubmodel.Client.message;
import static org.mcpagentic.stubmodel.Client.messages;
import static org.mcpagentic.stubmodel.Client.object;
import static org.mcpagentic.stubmodel.Client.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class RepliesTest {
    /** What a busy machine may take. */
    private static final Duration SOME_SECONDS = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newHttpClient();
    private final StubModel stub = StubModel.start();
    private final Client client = new Client(stub, http);

    @AfterEach
    void stop() {
        http.shutdownNow();
        stub.close();
    }

    static Stream<Arguments> errors() {
        return Stream.of(
                Arguments.of(Reply.wrongKey(), 400, "INVALID_ARGUMENT", 401, "invalid_api_key"),
                Arguments.of(Reply.missingKey(), 403, "PERMISSION_DENIED", 401, "null"),
                Arguments.of(Reply.notPermitted(), 403, "PERMISSION_DENIED", 403, "model_not_found"),
                Arguments.of(Reply.unknownModel(), 404, "NOT_FOUND", 404, "model_not_found"),
                Arguments.of(Reply.badRequest("no"), 400, "INVALID_ARGUMENT", 400, "null"),
                Arguments.of(Reply.tooLong(), 400, "INVALID_ARGUMENT", 400, "context_length_exceeded"),
                Arguments.of(
                        Reply.rateLimited(Duration.ofSeconds(34)),
                        429,
                        "RESOURCE_EXHAUSTED",
                        429,
                        "rate_limit_exceeded"),
                Arguments.of(Reply.dailyQuota(), 429, "RESOURCE_EXHAUSTED", 429, "insufficient_quota"),
                Arguments.of(Reply.overloaded(), 503, "UNAVAILABLE", 503, "null"),
                Arguments.of(Reply.internal(), 500, "INTERNAL", 500, "null"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorIsSaidInTheWordsOfWhoeverIsAsked(
            Refusal refusal, int geminiStatus, String geminiName, int openAiStatus, String openAiCode) {
        stub.byDefault(refusal);

        Client.Got gemini = client.geminiStream(hello());
        Client.Got openAi = client.openAiStream(messages(message("user", "hello")));

        assertThat(gemini.status()).isEqualTo(geminiStatus);
        assertThat(gemini.json().at("/error/code").asInt()).isEqualTo(geminiStatus);
        assertThat(gemini.json().at("/error/status").asText()).isEqualTo(geminiName);
        assertThat(openAi.status()).isEqualTo(openAiStatus);
        assertThat(openAi.json().at("/error/code").asText()).isEqualTo(openAiCode);
    }

    @Test
    void aRateLimitTellsWhenToComeAgainAndWhichQuotaItWas() {
        stub.byDefault(Reply.rateLimited(Duration.ofMillis(34_500)));

        JsonNode details = client.gemini(hello()).json().at("/error/details");
        HttpResponse<String> openAi =
                client.openAi(messages(message("user", "hello"))).response();

        assertThat(details.at("/0/violations/0/quotaId").asText()).contains("PerMinute");
        assertThat(details.at("/2/@type").asText()).isEqualTo("type.googleapis.com/google.rpc.RetryInfo");
        assertThat(details.at("/2/retryDelay").asText()).isEqualTo("34.5s");
        assertThat(openAi.headers().firstValue("retry-after")).contains("35");
    }

    @Test
    void aDailyQuotaIsToldApartByItsId() {
        stub.byDefault(Reply.dailyQuota());

        JsonNode details = client.gemini(hello()).json().at("/error/details");

        assertThat(details.at("/0/violations/0/quotaId").asText()).contains("PerDay");
    }

    @Test
    void answersMayHaveNoCandidatesABlockedPromptOrABlockedEnd() {
        stub.byDefault(Reply.perAttempt(Reply.emptyCandidates(), Reply.blockedPrompt(), Reply.blockedAnswer()));

        JsonNode empty = client.gemini(hello()).json();
        JsonNode blocked = client.gemini(hello()).json();
        JsonNode cut = client.gemini(hello()).json();

        assertThat(empty.has("candidates")).isFalse();
        assertThat(empty.has("promptFeedback")).isFalse();
        assertThat(blocked.has("candidates")).isFalse();
        assertThat(blocked.at("/promptFeedback/blockReason").asText()).isEqualTo("PROHIBITED_CONTENT");
        assertThat(cut.at("/candidates/0/finishReason").asText()).isEqualTo("SAFETY");
        assertThat(cut.at("/candidates/0/safetyRatings/0/blocked").asBoolean()).isTrue();
    }

    @Test
    void theSameInOpenAisWords() {
        stub.byDefault(Reply.perAttempt(Reply.emptyCandidates(), Reply.blockedPrompt(), Reply.blockedAnswer()));

        JsonNode empty = client.openAi(messages(message("user", "x"))).json();
        Client.Got blocked = client.openAi(messages(message("user", "x")));
        JsonNode cut = client.openAi(messages(message("user", "x"))).json();

        assertThat(empty.at("/choices")).isEmpty();
        assertThat(blocked.status()).isEqualTo(400);
        assertThat(blocked.json().at("/error/code").asText()).isEqualTo("content_policy_violation");
        assertThat(cut.at("/choices/0/finish_reason").asText()).isEqualTo("content_filter");
    }

    @Test
    void aMalformedCallEndsAGeminiTurnWithoutTheCall() {
        stub.byDefault(Reply.malformedCall());

        JsonNode answer = client.gemini(hello()).json();

        assertThat(answer.at("/candidates/0/finishReason").asText()).isEqualTo("MALFORMED_FUNCTION_CALL");
        assertThat(answer.at("/candidates/0/content").has("parts")).isFalse();
    }

    @Test
    void aFinishReasonIsToldInBothWords() {
        stub.byDefault(Reply.text("so far").finish("MAX_TOKENS"));

        JsonNode gemini = client.gemini(hello()).json();
        JsonNode openAi = client.openAi(messages(message("user", "x"))).json();

        assertThat(gemini.at("/candidates/0/finishReason").asText()).isEqualTo("MAX_TOKENS");
        assertThat(openAi.at("/choices/0/finish_reason").asText()).isEqualTo("length");
    }

    @Test
    void aStallLeavesTheStreamOpenAfterSoManyChunks() throws Exception {
        stub.byDefault(Reply.text("one two three").stallAfter(2));

        Iterator<String> lines =
                streaming().body().filter(line -> !line.isEmpty()).iterator();
        String first = lines.next();
        String second = lines.next();
        CompletableFuture<Boolean> more = CompletableFuture.supplyAsync(lines::hasNext);

        assertThat(first).contains("one ");
        assertThat(second).contains("two ");
        assertThatThrownBy(() -> more.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        assertThat(stub.inFlight()).isOne();
    }

    @Test
    void aStallBeforeTheFirstChunkSendsTheHeadAlone() throws Exception {
        stub.byDefault(Reply.text("one").stallAfter(0));

        HttpResponse<Stream<String>> response = streaming();

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(stub.requests().getFirst().chunksSent()).isZero();
        assertThat(stub.inFlight()).isOne();
    }

    @Test
    void aCutEndsTheConnectionWithoutTheEndOfTheBody() throws Exception {
        stub.byDefault(Reply.text("one two three").cutAfter(1));

        Iterator<String> lines =
                streaming().body().filter(line -> !line.isEmpty()).iterator();
        String first = lines.next();

        assertThat(first).contains("one ");
        assertThatThrownBy(lines::hasNext).hasRootCauseInstanceOf(IOException.class);
        assertThat(stub.requests().getFirst().connectionClosedByClient()).isFalse();
    }

    @Test
    void anAnswerInOnePieceIsCutInItsMiddle() {
        stub.byDefault(Reply.text("one two three").cutAfter(1));

        assertThatThrownBy(() -> client.gemini(hello())).hasMessage("the connection broke");
    }

    @Test
    void aMalformedChunkComesBetweenGoodOnes() {
        stub.byDefault(Reply.text("one two").malformedChunkAfter(1));

        Client.Got got = client.geminiStream(hello());

        assertThat(got.data()).hasSize(3);
        assertThat(got.data().get(0)).contains("one ");
        assertThat(got.data().get(1)).doesNotEndWith("}");
        assertThat(got.data().get(2)).contains("two").contains("STOP");
    }

    @Test
    void anErrorComesInTheMiddleAsAnEventOrBare() {
        stub.byDefault(Reply.perAttempt(
                Reply.text("one two").failAfter(1, Reply.overloaded()),
                Reply.text("one two").failBareAfter(1, Reply.overloaded())));

        Client.Got event = client.geminiStream(hello());
        Client.Got bare = client.geminiStream(hello());

        assertThat(event.status()).isEqualTo(200);
        assertThat(event.events()).hasSize(2);
        assertThat(event.events().get(1).at("/error/status").asText()).isEqualTo("UNAVAILABLE");
        assertThat(bare.events()).hasSize(1);
        assertThat(Client.json(bare.text().substring(bare.text().indexOf("\n{")))
                        .at("/error/code")
                        .asInt())
                .isEqualTo(503);
    }

    @Test
    void anErrorInTheMiddleOfAnAnswerInOnePieceIsTheAnswer() {
        stub.byDefault(Reply.text("one two").failAfter(1, Reply.overloaded()));

        Client.Got got = client.gemini(hello());

        assertThat(got.status()).isEqualTo(503);
    }

    @Test
    void anEndlessLineHasNoEnd() throws Exception {
        stub.byDefault(Reply.text("one").endlessLine(300_000));

        HttpResponse<InputStream> response = http.send(
                client.geminiRequest("streamGenerateContent?alt=sse", hello()).build(), BodyHandlers.ofInputStream());
        byte[] line = response.body().readNBytes(300_000);

        assertThat(line).hasSize(300_000).doesNotContain('\n');
        assertThat(stub.inFlight()).isOne();
    }

    @Test
    void silenceTakesTheRequestAndNeverAnswers() {
        stub.byDefault(Reply.silent());

        CompletableFuture<HttpResponse<String>> waiting =
                http.sendAsync(client.geminiRequest("generateContent", hello()).build(), BodyHandlers.ofString());

        assertThatThrownBy(() -> waiting.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        assertThat(stub.requests()).hasSize(1);
        assertThat(stub.requests().getFirst().status()).isZero();
    }

    @Test
    void aClientThatGoesAwayIsNoticedWithItsTime() throws Exception {
        stub.byDefault(Reply.text("one two three").between(Duration.ofSeconds(20)));
        HttpResponse<Stream<String>> response = streaming();
        response.body().limit(1).forEach(line -> {});
        Instant left = Instant.now();

        response.body().close();
        http.shutdownNow();
        RecordedRequest over =
                stub.requests().getFirst().over().toCompletableFuture().get(5, TimeUnit.SECONDS);

        assertThat(over.connectionClosedByClient()).isTrue();
        assertThat(over.closedByClientAt().orElseThrow()).isBetween(left, left.plusSeconds(5));
        assertThat(over.chunksSent()).isOne();
        assertThat(stub.inFlight()).isZero();
    }

    @Test
    void theFirstChunkAndTheOthersComeAtTheirTimes() {
        stub.byDefault(Reply.text("0123456789")
                .chunks(5)
                .firstTokenAfter(Duration.ofMillis(200))
                .between(Duration.ofMillis(50)));
        Instant asked = Instant.now();

        Client.Got got = client.geminiStream(hello());
        Instant ended = Instant.now();

        assertThat(got.events()).hasSize(5);
        RecordedRequest recorded = stub.requests().getFirst();
        assertThat(Duration.between(recorded.receivedAt(), recorded.answeredAt().orElseThrow()))
                .isBetween(Duration.ofMillis(200), SOME_SECONDS);
        assertThat(Duration.between(asked, ended)).isBetween(Duration.ofMillis(400), SOME_SECONDS);
    }

    @Test
    void anAnswerInOnePieceTakesAsLongAsItsStream() {
        stub.byDefault(Reply.text("0123456789")
                .chunks(5)
                .firstTokenAfter(Duration.ofMillis(200))
                .between(Duration.ofMillis(50)));
        Instant asked = Instant.now();

        client.gemini(hello());

        assertThat(Duration.between(asked, Instant.now())).isBetween(Duration.ofMillis(400), SOME_SECONDS);
    }

    @Test
    void anythingElseIsSentAsItIs() {
        stub.byDefault(Reply.perAttempt(
                Reply.status(418, object().put("pot", "tea"), Map.of("x-pot", "tea")),
                Reply.rawBody("text/html", "<p>captive portal</p>")));

        Client.Got teapot = client.gemini(hello());
        Client.Got portal = client.gemini(hello());

        assertThat(teapot.status()).isEqualTo(418);
        assertThat(teapot.response().headers().firstValue("x-pot")).contains("tea");
        assertThat(portal.status()).isEqualTo(200);
        assertThat(portal.text()).isEqualTo("<p>captive portal</p>");
    }

    @Test
    void withoutServerSentEventsAGeminiStreamIsOneArray() {
        stub.byDefault(Reply.text("one two"));

        Client.Got got = client.send(client.geminiRequest("streamGenerateContent", hello()));

        assertThat(got.json()).hasSize(2);
        assertThat(got.json().at("/1/candidates/0/finishReason").asText()).isEqualTo("STOP");
    }

    @Test
    void aTextIsCutAtWholeCharacters() {
        stub.byDefault(Reply.text("a😀b😀c").chunks(5));

        Client.Got got = client.geminiStream(hello());

        assertThat(got.events().stream()
                        .map(event ->
                                event.at("/candidates/0/content/parts/0/text").asText())
                        .collect(Collectors.joining("|")))
                .isEqualTo("a|😀|b|😀|c");
    }

    @Test
    void fragmentsCutEventsAnywhereAndLoseNothing() {
        stub.byDefault(Reply.perAttempt(
                Reply.text("größer 😀 und mehr"),
                Reply.text("größer 😀 und mehr").inFragmentsOf(3)));

        String whole = client.geminiStream(hello()).text();
        String fragmented = client.geminiStream(hello()).text();

        assertThat(fragmented).isEqualTo(whole).contains("größer ");
    }

    @Test
    void aPortThatIsTakenIsSaidAtTheStart() {
        StubModelBuilder same = StubModel.builder().port(stub.geminiBase().getPort());

        assertThatIllegalStateException().isThrownBy(same::build).withMessageContaining("cannot listen");
    }

    private HttpResponse<Stream<String>> streaming() throws Exception {
        return http.send(
                client.geminiRequest("streamGenerateContent?alt=sse", hello()).build(), BodyHandlers.ofLines());
    }

    private static ObjectNode hello() {
        return contents(content("user", text("hello")));
    }
}
