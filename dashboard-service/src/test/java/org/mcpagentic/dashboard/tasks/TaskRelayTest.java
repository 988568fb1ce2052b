package org.mcpagentic.dashboard.tasks;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.dashboard.StubServices;

@QuarkusTest
@QuarkusTestResource(StubServices.class)
class TaskRelayTest {
    @BeforeEach
    void forget() {
        StubServices.forget();
    }

    @AfterEach
    void comeBack() {
        StubServices.comeBack();
    }

    @Test
    void createsATaskInTheBrowsersSession() {
        given().contentType("application/json")
                .cookie("mcp_session", "s-0123456789")
                .header("User-Agent", "Browser/1")
                .header("Idempotency-Key", "k1")
                .body("{\"input\":\"What is 2 + 2?\",\"tools\":[\"calculator\"],\"model\":\"offline\"}")
                .post("/api/task")
                .then()
                .statusCode(201)
                .contentType("application/json")
                .header("Idempotency-Replayed", "true")
                .body("task_id", equalTo("t0-1"));

        StubServices.Seen seen = StubServices.seen("POST", "/task").getFirst();
        assertThat(seen.headers())
                .containsEntry("Session-Id", "s-0123456789")
                .containsEntry("User-Agent", "Browser/1")
                .containsEntry("Idempotency-Key", "k1");
        assertThat(seen.body())
                .isEqualTo("{\"input\":\"What is 2 + 2?\",\"tools\":[\"calculator\"],\"model\":\"offline\"}");
    }

    @Test
    void sendsNoSessionWhereTheCookieIsForged() {
        given().cookie("mcp_session", "no spaces")
                .contentType("application/json")
                .body("{\"input\":\"x\"}")
                .post("/api/task");

        assertThat(StubServices.seen("POST", "/task").getFirst().headers()).doesNotContainKey("Session-Id");
    }

    @Test
    void passesAProblemOnAsItIs() {
        given().contentType("application/json")
                .body("{\"input\":\" \"}")
                .post("/api/task")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid"))
                .body("errors[0].field", equalTo("input"));
    }

    @Test
    void passesNoErrorOnThatIsNoProblemDocument() {
        given().get("/api/task/broken")
                .then()
                .statusCode(502)
                .contentType("application/problem+json")
                .body("code", equalTo("upstream_unusable"))
                .body(not(containsString("stack trace")));
    }

    @Test
    void passesNoProblemOnThatIsTooLong() {
        given().get("/api/task/long").then().statusCode(502).body("code", equalTo("upstream_unusable"));
        given().get("/api/task/long/events").then().statusCode(502).body("code", equalTo("upstream_unusable"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null"})
    void refusesATaskThatIsNone(String body) {
        given().contentType("application/json")
                .body(body)
                .post("/api/task")
                .then()
                .statusCode(400)
                .body("code", equalTo("wrong_type"));

        assertThat(StubServices.seen("POST", "/task")).isEmpty();
    }

    @Test
    void refusesAPageOfAnotherSite() {
        given().header("Origin", "http://elsewhere.example")
                .post("/api/task/t0-1/cancel")
                .then()
                .statusCode(403)
                .body("code", equalTo("bad_origin"));

        assertThat(StubServices.seen("POST", "/task/t0-1/cancel")).isEmpty();
    }

    @Test
    void runsWithoutWaiting() {
        given().post("/api/task/t0-1/run").then().statusCode(202).header("Retry-After", "1");

        assertThat(StubServices.seen("POST", "/task/t0-1/run").getFirst().headers())
                .containsEntry("Prefer", "respond-async");
    }

    @Test
    void listsReadsAndCancels() {
        given().get("/api/task?limit=2&cursor=c1&status=failed")
                .then()
                .statusCode(200)
                .body("next_cursor", equalTo("c2"));
        given().get("/api/task/t0-1").then().statusCode(200).body("task_id", equalTo("t0-1"));
        given().post("/api/task/t0-1/cancel").then().statusCode(200);
        given().get("/api/tool").then().statusCode(200).body("items[0].name", equalTo("calculator"));
        given().get("/api/model").then().statusCode(200).body("items.name", contains("for-tasks"));

        assertThat(StubServices.seen("GET", "/task?").getFirst().uri())
                .isEqualTo("/task?limit=2&cursor=c1&status=failed");
    }

    @Test
    void runsATaskAgainInTheBrowsersSession() {
        given().contentType("application/json")
                .cookie("mcp_session", "s-0123456789")
                .header("User-Agent", "Browser/1")
                .header("Idempotency-Key", "k2")
                .body("{\"from_step\":3}")
                .post("/api/task/t0-1/retry")
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .body("task_id", equalTo("t0-1"));

        StubServices.Seen seen = StubServices.seen("POST", "/task/t0-1/retry").getFirst();
        assertThat(seen.headers())
                .containsEntry("Session-Id", "s-0123456789")
                .containsEntry("User-Agent", "Browser/1")
                .containsEntry("Idempotency-Key", "k2");
        assertThat(seen.body()).isEqualTo("{\"from_step\":3}");
    }

    @Test
    void runsAWholeTaskAgain() {
        given().contentType("application/json")
                .body("{}")
                .post("/api/task/t0-1/retry")
                .then()
                .statusCode(201);

        assertThat(StubServices.seen("POST", "/task/t0-1/retry").getFirst().body())
                .isEqualTo("{}");
    }

    @Test
    void passesADecisionOn() {
        given().contentType("application/json")
                .header("Idempotency-Key", "k3")
                .body("{\"action\":\"result\",\"result\":\"sent\"}")
                .post("/api/task/t0-1/step/2/resolve")
                .then()
                .statusCode(202)
                .header("Retry-After", "1");

        StubServices.Seen seen =
                StubServices.seen("POST", "/task/t0-1/step/2/resolve").getFirst();
        assertThat(seen.headers()).containsEntry("Idempotency-Key", "k3");
        assertThat(seen.body()).isEqualTo("{\"action\":\"result\",\"result\":\"sent\"}");
    }

    @Test
    void listsWhatWasGivenUp() {
        given().get("/api/dead-letter?limit=2&cursor=c1")
                .then()
                .statusCode(200)
                .body("items.task_id", contains("t0-1"));

        assertThat(StubServices.seen("GET", "/dead-letter").getFirst().uri())
                .isEqualTo("/dead-letter?limit=2&cursor=c1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/task/t0-1/retry", "/api/task/t0-1/step/2/resolve"})
    void refusesFieldsThatThePageDoesNotSend(String path) {
        given().contentType("application/json")
                .body("{\"other\":1}")
                .post(path)
                .then()
                .statusCode(400)
                .body("code", equalTo("unknown_field"));
    }

    @Test
    void anIdCannotNameAnotherPath() {
        given().urlEncodingEnabled(false).get("/api/task/..%2Fstats").then().statusCode(404);

        assertThat(StubServices.seen("GET", "/")).isEmpty();
    }

    @Test
    void eventsAreResumedAndPassedOnByteForByte() {
        given().header("Last-Event-ID", "7")
                .get("/api/task/t0-1/events")
                .then()
                .statusCode(200)
                .contentType("text/event-stream")
                .header("X-Accel-Buffering", "no")
                .body(equalTo(": hello\n\nid: 8\nevent: task.running\ndata: {\"behind\":\"7\"}\n\n"));
    }

    @Test
    void eventsBehindTheLastAreNone() {
        given().header("Last-Event-ID", "9").get("/api/task/t0-1/events").then().statusCode(204);
    }

    @Test
    void aStreamThatBreaksEndsWithAnErrorEvent() {
        given().header("Last-Event-ID", "breaks")
                .get("/api/task/t0-1/events")
                .then()
                .statusCode(200)
                .body(containsString("\n\nevent: error\ndata: {"), containsString("upstream_unavailable"));
    }

    @Test
    void aServiceThatIsAwayIsAProblemThatSaysSo() {
        StubServices.goAway();

        given().get("/api/tool")
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", "1")
                .body("code", equalTo("upstream_unavailable"));
        given().get("/api/task/t0-1/events")
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .body("code", equalTo("upstream_unavailable"));
    }
}
