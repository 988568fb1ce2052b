package org.mcpagentic.custommcp.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.custommcp.support.Tasks;
import org.mcpagentic.testsupport.RedisOfTests;
import org.mcpagentic.testsupport.Refusals;

/** Requests that are sent twice. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
@Timeout(120)
class IdempotencyTest {

    private static final String BODY = "{\"input\":\"once\"}";

    private final String key = UUID.randomUUID().toString();

    @Test
    void aRepeatReturnsTheFirstAnswer() {
        Response first = post(BODY);
        Tasks.run(first.path("task_id"));

        Response second = post(BODY);

        first.then().statusCode(201).header("Idempotency-Replayed", nullValue());
        second.then()
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .header("Location", first.header("Location"));
        assertThat(second.jsonPath().getMap("$")).isEqualTo(first.jsonPath().getMap("$"));
    }

    @Test
    void anotherBodyUnderTheSameKeyIsRefused() {
        post(BODY);

        Response other = post("{\"input\":\"twice\"}");

        other.then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("code", equalTo("idempotency_mismatch"));
    }

    @Test
    void anErrorIsNotKept() {
        post("{\"input\":\" \"}").then().statusCode(422);

        Response corrected = post("{\"input\":\"now right\"}");

        corrected.then().statusCode(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/task", "/task/{ended}/retry"})
    void aThousandAtOnceMakeOneTask(String path) {
        String ended = Tasks.create("never run");
        Tasks.cancel(ended);
        HttpRequest request = Refusals.post(path.replace("{ended}", ended), path.equals("/task") ? BODY : "{}")
                .header("Idempotency-Key", key)
                .timeout(Duration.ofSeconds(60))
                .build();
        Set<String> before = Set.copyOf(ids());
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            List<CompletableFuture<HttpResponse<String>>> sent = IntStream.range(0, 1_000)
                    .mapToObj(i -> untilAnswered(client, request))
                    .toList();

            List<HttpResponse<String>> answers =
                    sent.stream().map(CompletableFuture::join).toList();

            assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(201);
            assertThat(answers)
                    .extracting(answer -> JsonPath.from(answer.body()).getString("task_id"))
                    .doesNotContainNull()
                    .containsOnly(JsonPath.from(answers.getFirst().body()).getString("task_id"));
            assertThat(answers)
                    .filteredOn(answer ->
                            answer.headers().firstValue("Idempotency-Replayed").isEmpty())
                    .hasSizeLessThanOrEqualTo(1);
        }
        List<String> after = ids();
        assertThat(after).filteredOn(id -> !before.contains(id)).hasSize(1);
    }

    /** Sends a request again where a slow machine's store did not answer in time: that is what its key is for. */
    private static CompletableFuture<HttpResponse<String>> untilAnswered(HttpClient client, HttpRequest request) {
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .thenCompose(answer -> answer.statusCode() == 503
                        ? CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS))
                                .thenCompose(later -> untilAnswered(client, request))
                        : CompletableFuture.completedFuture(answer));
    }

    private static List<String> ids() {
        return RestAssured.get("/task?limit=200").jsonPath().getList("items.task_id");
    }

    private Response post(String body) {
        return RestAssured.given()
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body(body)
                .post("/task");
    }
}
