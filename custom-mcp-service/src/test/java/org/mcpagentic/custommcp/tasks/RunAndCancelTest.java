package org.mcpagentic.custommcp.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.custommcp.support.Tasks;
import org.mcpagentic.testsupport.RedisOfTests;
import org.mcpagentic.testsupport.ScriptedModel;
import org.mcpagentic.testsupport.Until;

/** How long a run waits, and how tasks are ended before their end. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
@Timeout(60)
class RunAndCancelTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    @Inject
    ScriptedModel model;

    @ParameterizedTest
    @CsvSource({"wait=0,wait=0", "wait=1,wait=1", "respond-async,respond-async", "'respond-async, wait=1',wait=1"})
    void aRunThatIsNotOverInTimeIsAccepted(String preference, String applied) {
        ScriptedModel.Silence silence = model.silentFor("take your time: " + preference);
        String id = Tasks.create("take your time: " + preference);

        Response response = RestAssured.given().header("Prefer", preference).post("/task/{id}/run", id);

        response.then()
                .statusCode(202)
                .contentType("application/json")
                .header("Retry-After", "1")
                .header("Preference-Applied", applied)
                .body("task_id", equalTo(id));
        URI run = URI.create("http://localhost:" + RestAssured.port + "/task/" + id + "/run");
        RestAssured.get(run.resolve(response.header("Location")))
                .then()
                .statusCode(200)
                .body("task_id", equalTo(id));
        Tasks.cancel(id);
        assertThat(silence.cancelled()).succeedsWithin(SOON);
    }

    @Test
    void aRunThatIsOverInTimeSaysWhatWaitItWasGiven() {
        RestAssured.given()
                .header("Prefer", "wait=20")
                .post("/task/{id}/run", Tasks.create("What is 6 * 7?", "calculator"))
                .then()
                .statusCode(200)
                .header("Preference-Applied", "wait=20")
                .header("Location", nullValue())
                .header("Retry-After", nullValue());
    }

    @Test
    void aWaitIsCutToTheLongestThatIsConfigured() {
        RestAssured.given()
                .header("Prefer", "wait=86400")
                .post("/task/{id}/run", Tasks.create("What is 6 * 7?", "calculator"))
                .then()
                .statusCode(200)
                .header("Preference-Applied", "wait=50");
    }

    @Test
    void preferencesThatAreNotUnderstoodAreNoPreference() {
        RestAssured.given()
                .header("Prefer", "wait=soon; x, \"")
                .post("/task/{id}/run", Tasks.create("What is 6 * 7?", "calculator"))
                .then()
                .statusCode(200)
                .header("Preference-Applied", nullValue());
    }

    @Test
    void runningARunningTaskWaitsForTheSameEnd() {
        CompletableFuture<ModelEvent> end = new CompletableFuture<>();
        model.play("wait for it", before -> Multi.createFrom().completionStage(end));
        String id = Tasks.create("wait for it");
        Tasks.queue(id);
        CompletableFuture<JsonPath> second = CompletableFuture.supplyAsync(() -> Tasks.run(id));
        Until.holds("running", SOON, () -> Tasks.status(id).equals("running"));

        end.complete(ScriptedModel.answer("there it is"));

        assertThat(second).succeedsWithin(SOON).satisfies(task -> {
            assertThat(task.getString("result")).isEqualTo("there it is");
            assertThat(task.getInt("usage.model_calls")).isEqualTo(1);
        });
    }

    @Test
    void aClientThatGoesAwayDoesNotCancelTheTask() throws Exception {
        CompletableFuture<ModelEvent> end = new CompletableFuture<>();
        model.play("go on without me", before -> Multi.createFrom().completionStage(end));
        String id = Tasks.create("go on without me");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            post(socket, "/task/" + id + "/run");
            Until.holds("running", SOON, () -> Tasks.status(id).equals("running"));
        }

        end.complete(ScriptedModel.answer("done all the same"));

        Until.holds("succeeded", SOON, () -> Tasks.status(id).equals("succeeded"));
    }

    @Test
    void aTaskThatWasNeverRunIsCancelledAtOnce() {
        String id = Tasks.create("hello");

        Response cancelled = Tasks.cancel(id);

        cancelled.then().statusCode(200).body("status", equalTo("cancelled")).body("queued_at", nullValue());
        RestAssured.post("/task/{id}/run", id)
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("code", equalTo("task_cancelled"));
    }

    @Test
    void cancellingAFinishedTaskLeavesItAsItIs() {
        String id = Tasks.create("What is 6 * 7?", "calculator");
        JsonPath finished = Tasks.run(id);

        Response cancelled = Tasks.cancel(id);

        cancelled.then().statusCode(200).body("$", equalTo(finished.getMap("$")));
    }

    @Test
    void cancellingDuringAModelTurnAbortsTheModelsCallWithinASecond() throws Exception {
        ScriptedModel.Silence silence = model.silentFor("think for ever");
        String id = Tasks.create("think for ever");
        Tasks.queue(id);
        silence.asked().get(10, TimeUnit.SECONDS);
        long begin = System.nanoTime();

        Response cancelled = Tasks.cancel(id);

        assertThat(cancelled.statusCode()).isIn(200, 202);
        assertThat(cancelled.<String>path("status")).isIn("cancelling", "cancelled");
        silence.cancelled().get(10, TimeUnit.SECONDS);
        Until.holds("cancelled", SOON, () -> Tasks.status(id).equals("cancelled"));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
        assertThat(Tasks.cancel(id).statusCode()).isEqualTo(200);
    }

    private static void post(Socket socket, String path) throws IOException {
        String head = "POST " + path + " HTTP/1.1\r\nHost: localhost:" + RestAssured.port + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }
}
