package org.mcpagentic.publicmcp.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.mcpagentic.testsupport.Refusals.refused;
import static org.mcpagentic.testsupport.Refusals.request;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.publicmcp.support.Questions;
import org.mcpagentic.testsupport.EventReader;
import org.mcpagentic.testsupport.EventReader.Event;
import org.mcpagentic.testsupport.RedisOfTests;
import org.mcpagentic.testsupport.Refusals;
import org.mcpagentic.testsupport.ScriptedModel;

/** Questions and their answers. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
@Timeout(60)
class AskTest {

    private static final String TIME = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z";

    @Inject
    ScriptedModel model;

    @Test
    void answersWithTheResponse() {
        Response response = Questions.ask("What can you do?");

        response.then()
                .statusCode(200)
                .contentType("application/json")
                .body("prompt", equalTo("What can you do?"))
                .body("model_used", equalTo("offline"));
        assertThat(response.jsonPath().getMap("$"))
                .containsOnlyKeys(
                        "response_id",
                        "prompt",
                        "response",
                        "response_time",
                        "model_used",
                        "created_at",
                        "session_id",
                        "usage");
        assertThat(response.<String>path("response_id")).matches("r0-[0-9a-z]{20,32}");
        assertThat(response.<String>path("created_at")).matches(TIME);
        assertThat(response.<String>path("response")).isNotBlank();
        assertThat(response.jsonPath().getMap("usage")).containsOnlyKeys("input_tokens", "output_tokens", "cost_usd");
    }

    @Test
    void theTextThatIsStreamedIsTheResponse() {
        try (EventReader reader = Questions.stream("What can you do?")) {
            List<Event> events = reader.rest();

            assertThat(reader.status()).isEqualTo(200);
            assertThat(reader.header("Content-Type")).contains("text/event-stream");
            assertThat(events.subList(0, events.size() - 1)).isNotEmpty().allSatisfy(event -> {
                assertThat(event.name()).isEqualTo("delta");
                assertThat(event.data().getMap("$")).containsOnlyKeys("text");
            });
            Event last = events.getLast();
            assertThat(last.name()).isEqualTo("response");
            assertThat(Questions.text(events)).isEqualTo(last.data().getString("response"));
            assertThat(Questions.read(last.data().getString("response_id")).getMap("$"))
                    .isEqualTo(last.data().getMap("$"));
        }
    }

    @Test
    void piecesOfTextComeBeforeTheEnd() {
        CompletableFuture<ModelEvent> end = new CompletableFuture<>();
        model.play(
                "think aloud",
                before -> Multi.createBy()
                        .concatenating()
                        .streams(
                                Multi.createFrom().item((ModelEvent) new ModelEvent.TextDelta("let me ")),
                                Multi.createFrom().completionStage(end)));
        try (EventReader reader = Questions.stream("think aloud")) {
            assertThat(reader.next("delta").data().getString("text")).isEqualTo("let me ");

            end.complete(ScriptedModel.answer("let me see"));

            assertThat(reader.next("response").data().getString("response")).isEqualTo("let me see");
        }
    }

    @Test
    void aResponseIsKept() {
        JsonPath asked = Questions.ask("What is 6 * 7?").jsonPath();

        JsonPath kept = Questions.read(asked.getString("response_id"));

        assertThat(kept.getMap("$")).isEqualTo(asked.getMap("$"));
    }

    @Test
    void theSessionIsTheOneThatTheClientNames() {
        RestAssured.given()
                .header("Session-Id", "my-session-0002")
                .contentType("application/json")
                .body(Map.of("query", "hello"))
                .post("/ask")
                .then()
                .statusCode(200)
                .body("session_id", equalTo("my-session-0002"));
    }

    @Test
    void allOfUnicodeIsKeptAsItIs() {
        String query = "a\tb \uD83D\uDE00 \u202E e\u0301 \u0085";
        model.play(query, before -> Multi.createFrom().item(ScriptedModel.answer(query)));

        JsonPath response = Questions.ask(query).jsonPath();

        assertThat(response.getString("prompt")).isEqualTo(query);
        assertThat(response.getString("response")).isEqualTo(query);
    }

    @Test
    void aRepeatReturnsTheFirstAnswer() {
        String key = UUID.randomUUID().toString();
        model.play("ask me once", before -> Multi.createFrom().item(ScriptedModel.answer("answer " + before)));

        Response first = Questions.ask("ask me once", "Idempotency-Key", key);
        Response second = Questions.ask("ask me once", "Idempotency-Key", key);

        first.then().statusCode(200).header("Idempotency-Replayed", nullValue());
        second.then().statusCode(200).header("Idempotency-Replayed", "true");
        assertThat(second.jsonPath().getMap("$")).isEqualTo(first.jsonPath().getMap("$"));
        try (EventReader reader = Questions.stream("ask me once", "Idempotency-Key", key)) {
            assertThat(reader.header("Idempotency-Replayed")).contains("true");
            assertThat(reader.next("response").data().getMap("$"))
                    .isEqualTo(first.jsonPath().getMap("$"));
        }
    }

    @Test
    void anotherBodyUnderTheSameKeyIsRefused() {
        String key = UUID.randomUUID().toString();
        Questions.ask("hello", "Idempotency-Key", key);

        Response other = Questions.ask("good bye", "Idempotency-Key", key);

        other.then().statusCode(422).body("code", equalTo("idempotency_mismatch"));
    }

    @Test
    void aRepeatWhileTheFirstIsUnderWayIsRefused() throws Exception {
        String key = UUID.randomUUID().toString();
        ScriptedModel.Silence silence = model.silentFor("a slow one");
        try (EventReader first = Questions.stream("a slow one", "Idempotency-Key", key)) {
            silence.asked().get(10, TimeUnit.SECONDS);

            Response second = Questions.ask("a slow one", "Idempotency-Key", key);

            second.then().statusCode(409).body("code", equalTo("idempotency_in_flight"));
            assertThat(first.status()).isEqualTo(200);
        }
        silence.cancelled().get(10, TimeUnit.SECONDS);
    }

    @Test
    void aThousandAtOnceAskTheModelOnce() {
        String key = UUID.randomUUID().toString();
        AtomicInteger asked = new AtomicInteger();
        model.play(
                "ask me a thousand times",
                before -> Multi.createFrom().item(() -> ScriptedModel.answer("answer " + asked.incrementAndGet())));
        HttpRequest request = Refusals.post("/ask", "{\"query\":\"ask me a thousand times\"}")
                .header("Idempotency-Key", key)
                .build();
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            List<CompletableFuture<HttpResponse<String>>> sent = IntStream.range(0, 1_000)
                    .mapToObj(i -> client.sendAsync(request, HttpResponse.BodyHandlers.ofString()))
                    .toList();

            List<HttpResponse<String>> answers =
                    sent.stream().map(CompletableFuture::join).toList();

            // why 503: on a slow machine the store does not answer a thousand in time
            assertThat(answers).extracting(HttpResponse::statusCode).isSubsetOf(200, 409, 503);
            assertThat(answers)
                    .filteredOn(answer -> answer.statusCode() == 409)
                    .allMatch(answer -> answer.body().contains("idempotency_in_flight"));
            assertThat(answers.stream()
                            .filter(answer -> answer.statusCode() == 200)
                            .map(answer -> JsonPath.from(answer.body()).getString("response"))
                            .distinct())
                    .isSubsetOf("answer 1");
        }
        assertThat(asked).hasValueLessThan(2);
    }

    @Test
    void aFailureIsNotKeptUnderItsKey() {
        String key = UUID.randomUUID().toString();
        model.play(
                "fail once",
                before -> before == 0
                        ? Multi.createFrom()
                                .failure(new ModelException(ModelException.Kind.TRANSIENT, "busy", Optional.empty()))
                        : Multi.createFrom().item(ScriptedModel.answer("now")));
        Questions.ask("fail once", "Idempotency-Key", key).then().statusCode(503);

        Response second = Questions.ask("fail once", "Idempotency-Key", key);

        second.then().statusCode(200).body("response", equalTo("now"));
    }

    @Test
    void responsesThatThereAreNot() {
        for (String id : List.of(
                "r0-00000000000000000000000000",
                "r9-00000000000000000000000000",
                "t0-00000000000000000000000000.1",
                "t0-00000000000000000000000000",
                "nonsense",
                "t0-00000000000000000000000000.99999999999")) {
            HttpResponse<String> answer = refused(request("/response/" + id), 404, "not_found");
            assertThat(answer.body()).contains("there is no such");
        }
    }
}
