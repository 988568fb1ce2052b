package org.mcpagentic.publicmcp.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mcpagentic.testsupport.Refusals.post;
import static org.mcpagentic.testsupport.Refusals.refused;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.publicmcp.support.Questions;
import org.mcpagentic.testsupport.EventReader;
import org.mcpagentic.testsupport.RedisOfTests;
import org.mcpagentic.testsupport.ScriptedModel;
import org.mcpagentic.testsupport.Until;

/** Models that fail, that are slow, and clients that do not wait; all with a deadline of two seconds. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
@TestProfile(AskFailureTest.ShortDeadline.class)
@Timeout(60)
class AskFailureTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    /** Two seconds for an answer. */
    public static final class ShortDeadline implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("ask.deadline", "2s");
        }
    }

    @Inject
    ScriptedModel model;

    @Test
    void aModelThatIsOverloadedIsUnavailable() {
        fails("overloaded", ModelException.Kind.TRANSIENT, Optional.of(Duration.ofMillis(6_500)));

        var answer = refused(post("/ask", "{\"query\":\"overloaded\"}"), 503, "model_unavailable");

        assertThat(answer.headers().firstValue("Retry-After")).contains("7");
        assertThat(answer.body()).contains("it said no");
    }

    @Test
    void aModelThatRefusesHasFailed() {
        fails("refused", ModelException.Kind.PERMANENT, Optional.empty());

        refused(post("/ask", "{\"query\":\"refused\"}"), 502, "model_failed");
    }

    @Test
    void aModelThatBreaksHasFailed() {
        model.play("broken", before -> Multi.createFrom().failure(new IllegalStateException("secret detail")));

        var answer = refused(post("/ask", "{\"query\":\"broken\"}"), 502, "model_failed");

        assertThat(answer.body()).doesNotContain("secret");
    }

    @Test
    void aModelThatThrowsHasFailed() {
        model.play("thrown", before -> {
            throw new IllegalStateException("secret detail");
        });

        refused(post("/ask", "{\"query\":\"thrown\"}"), 502, "model_failed");
    }

    @Test
    void aModelThatEndsWithoutAnAnswerHasFailed() {
        model.play("nothing", before -> Multi.createFrom().empty());
        model.play("half", before -> Multi.createFrom().item(new ModelEvent.TextDelta("well")));

        refused(post("/ask", "{\"query\":\"nothing\"}"), 502, "model_unusable");
        refused(post("/ask", "{\"query\":\"half\"}"), 502, "model_unusable");
    }

    @Test
    void aModelThatFailsWhileItStreamsIsAnEventAndAnEnd() {
        model.play(
                "fail late",
                before -> Multi.createBy()
                        .concatenating()
                        .streams(
                                Multi.createFrom().item((ModelEvent) new ModelEvent.TextDelta("well")),
                                Multi.createFrom()
                                        .failure(new ModelException(
                                                ModelException.Kind.PERMANENT, "it said no", Optional.empty()))));
        try (EventReader reader = Questions.stream("fail late")) {
            assertThat(reader.next("delta").data().getString("text")).isEqualTo("well");

            EventReader.Event error = reader.next("error");

            assertThat(error.data().getString("code")).isEqualTo("model_failed");
            assertThat(reader.next()).isEmpty();
        }
    }

    @Test
    void aSilentModelIsGivenUpAtTheDeadline() {
        ScriptedModel.Silence silence = model.silentFor("silence");

        refused(post("/ask", "{\"query\":\"silence\"}"), 503, "model_unavailable");

        assertThat(silence.cancelled()).succeedsWithin(SOON);
    }

    @Test
    void aModelThatTalksWithoutEndIsGivenUpAtTheDeadline() {
        CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
        model.play(
                "endless",
                before -> Multi.createFrom()
                        .ticks()
                        .every(Duration.ofMillis(100))
                        .map(tick -> (ModelEvent) new ModelEvent.TextDelta("and "))
                        .onCancellation()
                        .invoke(() -> cancelled.complete(true)));

        refused(post("/ask", "{\"query\":\"endless\"}"), 503, "model_unavailable");

        assertThat(cancelled).succeedsWithin(SOON);
    }

    @Test
    void aClientThatLeavesAStreamCancelsTheQuestion() {
        JsonPath before = Questions.statistics();
        ScriptedModel.Silence silence = model.silentFor("left alone");
        try (EventReader reader = Questions.stream("left alone")) {
            assertThat(reader.status()).isEqualTo(200);
            assertThat(silence.asked()).succeedsWithin(SOON);
        }

        assertThat(silence.cancelled()).succeedsWithin(SOON);
        countedAsCancelled(before);
    }

    @Test
    void aClientThatDoesNotWaitForTheWholeCancelsTheQuestion() throws Exception {
        JsonPath before = Questions.statistics();
        ScriptedModel.Silence silence = model.silentFor("left as a whole");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            ask(socket, "{\"query\":\"left as a whole\"}");
            silence.asked().get(10, TimeUnit.SECONDS);
        }

        silence.cancelled().get(10, TimeUnit.SECONDS);
        countedAsCancelled(before);
    }

    @Test
    void theFiguresRiseByExactlyTheWorkDone() {
        fails("count a failure", ModelException.Kind.PERMANENT, Optional.empty());
        model.play("count an answer", times -> Multi.createFrom().item(ScriptedModel.answer("one")));
        JsonPath before = Questions.statistics();

        Questions.ask("count an answer").then().statusCode(200);
        Questions.ask("count an answer").then().statusCode(200);
        Questions.ask("count a failure").then().statusCode(502);
        refused(post("/ask", "{\"query\":\"\"}"), 422, "invalid");
        JsonPath after = Questions.statistics();

        assertThat(rise(before, after, "queries_processed")).isEqualTo(3);
        assertThat(rise(before, after, "successful_queries")).isEqualTo(2);
        assertThat(rise(before, after, "failed_queries")).isEqualTo(1);
        assertThat(rise(before, after, "cancelled_queries")).isZero();
        assertThat(rise(before, after, "input_tokens")).isEqualTo(14);
        assertThat(rise(before, after, "output_tokens")).isEqualTo(6);
        assertThat(after.getMap("$"))
                .containsOnlyKeys(
                        "queries_processed",
                        "successful_queries",
                        "failed_queries",
                        "cancelled_queries",
                        "total_response_time",
                        "session_start_time",
                        "active_sessions",
                        "success_rate",
                        "average_response_time",
                        "p50_response_time",
                        "p95_response_time",
                        "input_tokens",
                        "output_tokens",
                        "cost_usd");
    }

    @Test
    void aWatcherGetsTheFiguresAtOnceAndOnChange() {
        try (EventReader reader = EventReader.get(RestAssured.port, "/stats")) {
            int before = reader.next("stats").data().getInt("successful_queries");

            Questions.ask("hello").then().statusCode(200);

            int after = before;
            while (after == before) {
                after = reader.next("stats").data().getInt("successful_queries");
            }
            assertThat(after).isEqualTo(before + 1);
        }
    }

    private void fails(String query, ModelException.Kind kind, Optional<Duration> retryAfter) {
        model.play(query, before -> Multi.createFrom().failure(new ModelException(kind, "it said no", retryAfter)));
    }

    private static void countedAsCancelled(JsonPath before) {
        Until.holds("counted", SOON, () -> rise(before, Questions.statistics(), "queries_processed") == 1);
        assertThat(rise(before, Questions.statistics(), "cancelled_queries")).isEqualTo(1);
    }

    private static long rise(JsonPath before, JsonPath after, String figure) {
        return after.getLong(figure) - before.getLong(figure);
    }

    private static void ask(Socket socket, String body) throws IOException {
        String request = "POST /ask HTTP/1.1\r\nHost: localhost:" + RestAssured.port
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }
}
