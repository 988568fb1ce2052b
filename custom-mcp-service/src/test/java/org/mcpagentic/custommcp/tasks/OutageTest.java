package org.mcpagentic.custommcp.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mcpagentic.testsupport.Refusals.post;
import static org.mcpagentic.testsupport.Refusals.refused;
import static org.mcpagentic.testsupport.Refusals.request;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.custommcp.support.Tasks;
import org.mcpagentic.localredis.LocalRedis;
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

    /** How Redis goes, and how it comes back. */
    private enum Outage {
        KILLED {
            @Override
            void begin(LocalRedis redis) {
                redis.kill();
            }

            @Override
            void end(LocalRedis redis) {
                redis.restart();
            }
        },
        HUNG {
            @Override
            void begin(LocalRedis redis) {
                redis.pause();
            }

            @Override
            void end(LocalRedis redis) {
                redis.resume();
            }
        };

        abstract void begin(LocalRedis redis);

        abstract void end(LocalRedis redis);
    }

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
        everyRouteSaysSo(Outage.KILLED);
    }

    @Test
    void everyRouteSaysSoInTimeWhileRedisHangs() {
        everyRouteSaysSo(Outage.HUNG);
    }

    private void everyRouteSaysSo(Outage outage) {
        String id = Tasks.create("hello");
        assertThat(Refusals.send(request("/q/health/ready")).statusCode()).isEqualTo(200);
        List<HttpRequest.Builder> requests = List.of(
                post("/task", "{\"input\":\"hello\"}"),
                request("/task"),
                request("/task/" + id),
                request("/task/" + id + "/run").POST(HttpRequest.BodyPublishers.noBody()),
                request("/task/" + id + "/cancel").POST(HttpRequest.BodyPublishers.noBody()),
                request("/task/" + id + "/events"),
                request("/stats"));
        outage.begin(redis);

        for (HttpRequest.Builder request : requests) {
            long begin = System.nanoTime();
            HttpResponse<String> answer = refused(request, 503, "store_unavailable");
            assertThat(answer.headers().firstValue("Retry-After")).contains("2");
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .as(request.build().uri().getPath())
                    .isLessThan(Duration.ofMillis(2_200));
        }

        assertThat(Refusals.send(request("/tool")).statusCode()).isEqualTo(200);
        assertThat(Refusals.send(request("/q/health/ready")).statusCode()).isEqualTo(200);
        assertThat(Refusals.send(request("/q/health/live")).statusCode()).isEqualTo(200);
        outage.end(redis);
        long back = System.nanoTime();
        Until.holds("answers again", SOON, OutageTest::answers);
        assertThat(Duration.ofNanos(System.nanoTime() - back)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void aTaskThatRunsWhileRedisDiesEndsAndCountsOnce() {
        aTaskEndsAndCountsOnce(Outage.KILLED);
    }

    @Test
    void aTaskThatRunsWhileRedisHangsEndsAndCountsOnce() {
        aTaskEndsAndCountsOnce(Outage.HUNG);
    }

    private void aTaskEndsAndCountsOnce(Outage outage) {
        String input = "outlive an outage: " + outage;
        CompletableFuture<Boolean> asked = new CompletableFuture<>();
        CompletableFuture<ModelEvent> end = new CompletableFuture<>();
        model.play(
                input,
                before ->
                        Multi.createFrom().completionStage(end).onSubscription().invoke(() -> asked.complete(true)));
        String id = Tasks.create(input);
        JsonPath before = Tasks.statistics();
        Tasks.queue(id);
        asked.join();

        outage.begin(redis);
        end.complete(ScriptedModel.answer("outlived"));
        refused(request("/task/" + id), 503, "store_unavailable");
        outage.end(redis);

        Until.holds("succeeded", SOON, () -> answers() && Tasks.status(id).equals("succeeded"));
        JsonPath after = Tasks.statistics();
        assertThat(after.getInt("queries_processed") - before.getInt("queries_processed"))
                .isEqualTo(1);
        assertThat(after.getInt("successful_queries") - before.getInt("successful_queries"))
                .isEqualTo(1);
        assertThat(Tasks.read(id).getString("result")).isEqualTo("outlived");
    }

    @Test
    void aWatcherIsToldAndResumesWhereItWas() {
        ScriptedModel.Silence silence = model.silentFor("be watched in an outage");
        String id = Tasks.create("be watched in an outage");
        Tasks.queue(id);
        silence.asked().join();
        try (EventReader reader = EventReader.get(RestAssured.port, "/task/" + id + "/events")) {
            reader.next("step.started");
            redis.kill();

            EventReader.Event last = reader.rest().getLast();

            assertThat(last.name()).isEqualTo("error");
            assertThat(last.data().getString("code")).isEqualTo("store_unavailable");
        }
        redis.restart();
        Until.holds("answers again", SOON, OutageTest::answers);
        Tasks.cancel(id);
        try (EventReader reader = EventReader.get(RestAssured.port, "/task/" + id + "/events", "Last-Event-ID", "4")) {
            List<EventReader.Event> rest = reader.rest();
            assertThat(rest.getFirst().id()).hasValue(5);
            assertThat(rest.getLast().name()).isEqualTo("task.cancelled");
        }
    }

    @Test
    void watchersOfTheFiguresAreServedAgain() {
        try (EventReader reader = EventReader.get(RestAssured.port, "/stats")) {
            reader.next("stats");
            redis.kill();
            assertThat(reader.rest().getLast().name()).isEqualTo("error");
        }
        redis.restart();
        Until.holds("answers again", SOON, OutageTest::answers);
        try (EventReader reader = EventReader.get(RestAssured.port, "/stats")) {
            int before = reader.next("stats").data().getInt("tasks.created");

            Tasks.create("hello");

            int after = before;
            while (after == before) {
                after = reader.next("stats").data().getInt("tasks.created");
            }
            assertThat(after).isEqualTo(before + 1);
        }
    }

    private static boolean answers() {
        return Refusals.send(request("/stats")).statusCode() == 200;
    }
}
