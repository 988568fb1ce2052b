package org.mcpagentic.publicmcp.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mcpagentic.testsupport.Refusals.post;
import static org.mcpagentic.testsupport.Refusals.refused;
import static org.mcpagentic.testsupport.Refusals.request;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.localredis.LocalRedis;
import org.mcpagentic.publicmcp.support.Questions;
import org.mcpagentic.testsupport.EventReader;
import org.mcpagentic.testsupport.RedisOfTests;
import org.mcpagentic.testsupport.Refusals;
import org.mcpagentic.testsupport.ScriptedModel;
import org.mcpagentic.testsupport.Until;

/** Redis goes away, and comes back. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
@Timeout(120)
class OutageTest {

    private static final Duration SOON = Duration.ofSeconds(15);

    @SuppressWarnings("NullAway.Init") // why: the test resource injects it
    LocalRedis redis;

    @Inject
    ScriptedModel model;

    @AfterEach
    void redisIsBack() {
        if (!redis.isRunning()) {
            redis.restart();
        }
        redis.resume();
        Until.holds("answers again", SOON, OutageTest::answers);
    }

    @Test
    void everyRouteSaysSoInTimeWhileRedisIsDead() {
        everyRouteSaysSo(redis::kill, redis::restart);
    }

    @Test
    void everyRouteSaysSoInTimeWhileRedisHangs() {
        everyRouteSaysSo(redis::pause, redis::resume);
    }

    private void everyRouteSaysSo(Runnable begin, Runnable end) {
        String id = Questions.ask("hello").path("response_id");
        assertThat(Refusals.send(request("/q/health/ready")).statusCode()).isEqualTo(200);
        List<HttpRequest.Builder> requests = List.of(
                post("/ask", "{\"query\":\"hello\"}"),
                post("/ask", "{\"query\":\"hello\"}").header("Accept", "text/event-stream"),
                request("/response/" + id),
                request("/response/t0-00000000000000000000000000.1"),
                request("/stats"));
        begin.run();

        for (HttpRequest.Builder request : requests) {
            long sent = System.nanoTime();
            HttpResponse<String> answer = refused(request, 503, "store_unavailable");
            assertThat(answer.headers().firstValue("Retry-After")).contains("2");
            assertThat(Duration.ofNanos(System.nanoTime() - sent))
                    .as(request.build().uri().getPath())
                    .isLessThan(Duration.ofMillis(2_200));
        }

        assertThat(Refusals.send(request("/q/health/ready")).statusCode()).isEqualTo(200);
        assertThat(Refusals.send(request("/q/health/live")).statusCode()).isEqualTo(200);
        end.run();
        long back = System.nanoTime();
        Until.holds("answers again", SOON, OutageTest::answers);
        assertThat(Duration.ofNanos(System.nanoTime() - back)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void anAnswerThatComesWhileRedisIsDeadIsKeptAndCountedWhenItIsBack() {
        String key = UUID.randomUUID().toString();
        CompletableFuture<Boolean> asked = new CompletableFuture<>();
        CompletableFuture<ModelEvent> end = new CompletableFuture<>();
        model.play(
                "outlive an outage",
                before ->
                        Multi.createFrom().completionStage(end).onSubscription().invoke(() -> asked.complete(true)));
        JsonPath before = Questions.statistics();
        try (EventReader reader = Questions.stream("outlive an outage", "Idempotency-Key", key)) {
            asked.join();

            redis.kill();
            end.complete(ScriptedModel.answer("outlived"));

            assertThat(reader.next("error").data().getString("code")).isEqualTo("store_unavailable");
        }
        redis.restart();
        Until.holds(
                "settled",
                SOON,
                () -> answers()
                        && Questions.statistics().getInt("queries_processed")
                                == before.getInt("queries_processed") + 1);
        assertThat(Questions.statistics().getInt("successful_queries") - before.getInt("successful_queries"))
                .isEqualTo(1);
        assertThat(Questions.ask("outlive an outage", "Idempotency-Key", key).<String>path("response"))
                .isEqualTo("outlived");
    }

    private static boolean answers() {
        return Refusals.send(request("/stats")).statusCode() == 200;
    }
}
