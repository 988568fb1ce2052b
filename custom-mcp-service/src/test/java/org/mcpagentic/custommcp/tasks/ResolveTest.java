package org.mcpagentic.custommcp.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.mcpagentic.testsupport.Refusals.post;
import static org.mcpagentic.testsupport.Refusals.refused;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.custommcp.support.LostWorkers;
import org.mcpagentic.custommcp.support.OneSlot;
import org.mcpagentic.custommcp.support.PostNoteTool;
import org.mcpagentic.custommcp.support.Tasks;
import org.mcpagentic.testsupport.EventReader;
import org.mcpagentic.testsupport.EventReader.Event;
import org.mcpagentic.testsupport.RedisOfTests;
import org.mcpagentic.testsupport.ScriptedModel;

/** A person decides what came of a call that a lost worker left behind. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
@TestProfile(OneSlot.class)
@Timeout(60)
class ResolveTest {

    private static final String UNKNOWN = "t0-00000000000000000000000000";

    @Inject
    LostWorkers lost;

    @Inject
    PostNoteTool notes;

    @Test
    void aCallOfUnknownOutcomeIsShownAsThat() {
        String id = lost.aTaskThatWaits("post a note and be lost");

        JsonPath task = Tasks.read(id);

        assertThat(task.getString("status")).isEqualTo("waiting");
        assertThat(task.getString("error.code")).isEqualTo("outcome_unknown");
        assertThat(task.getList("steps.status")).containsExactly("succeeded", "unknown");
        Tasks.cancel(id).then().statusCode(200).body("steps[1].status", equalTo("running"));
    }

    @Test
    void aCallIsMadeAgain() {
        String id = lost.aTaskThatWaits("post it again");
        int before = notes.posted();

        Response answer = resolve(id, 2, Map.of("action", "repeat"));

        answer.then().statusCode(202).header("Retry-After", "1").body("task_id", equalTo(id));
        URI location =
                URI.create("http://localhost/task/" + id + "/step/2/resolve").resolve(answer.header("Location"));
        assertThat(location.getPath()).isEqualTo("/task/" + id);
        JsonPath ended = Tasks.run(id);
        assertThat(ended.getString("status")).isEqualTo("succeeded");
        assertThat(notes.posted()).isEqualTo(before + 1);
        assertThat(ended.getString("steps[1].output_data")).isEqualTo("posted, number " + notes.posted());
    }

    @Test
    void aStepThatIsToBeginAnewIsToldOfWithoutItsContent() {
        String id = lost.aTaskThatWaits("watch it being posted again");
        CompletableFuture<ModelEvent> end = lost.occupy();
        resolve(id, 2, Map.of("action", "repeat")).then().statusCode(202);

        try (EventReader events = EventReader.get(RestAssured.port, "/task/" + id + "/events")) {
            events.next("step.started");
            Event begun = events.next("step.started");
            events.next("task.waiting");
            events.next("task.queued");
            end.complete(ScriptedModel.answer("go on"));
            Event anew = events.next("step.started");
            List<Event> rest = events.rest();

            assertThat(begun.data().getMap("$")).containsOnlyKeys("task_id", "at");
            assertThat(anew.data().getInt("step.step")).isEqualTo(2);
            assertThat(rest.getLast().name()).isEqualTo("task.succeeded");
        }
    }

    @Test
    void aCallIsSkipped() {
        String id = lost.aTaskThatWaits("do not post it again");
        int before = notes.posted();

        resolve(id, 2, Map.of("action", "skip")).then().statusCode(202);

        JsonPath ended = Tasks.run(id);
        assertThat(ended.getString("status")).isEqualTo("succeeded");
        assertThat(notes.posted()).isEqualTo(before);
        assertThat(ended.getString("steps[1].status")).isEqualTo("failed");
        assertThat(ended.getString("steps[1].output_data")).contains("a person skipped this call");
    }

    @Test
    void aResultIsGiven() {
        String id = lost.aTaskThatWaits("it was posted");
        int before = notes.posted();

        resolve(id, 2, Map.of("action", "result", "result", "posted as number 7"))
                .then()
                .statusCode(202);

        JsonPath ended = Tasks.run(id);
        assertThat(ended.getString("result")).isEqualTo("done with it was posted");
        assertThat(notes.posted()).isEqualTo(before);
        assertThat(ended.getString("steps[1].status")).isEqualTo("succeeded");
        assertThat(ended.getString("steps[1].output_data")).isEqualTo("posted as number 7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"repeat", "skip"})
    void aDecisionThatIsSentTwiceIsTakenOnce(String action) {
        String id = lost.aTaskThatWaits("decide once: " + action);
        int before = notes.posted();
        String key = UUID.randomUUID().toString();
        resolve(id, 2, Map.of("action", action), key).then().statusCode(202);
        Tasks.run(id);

        Response again = resolve(id, 2, Map.of("action", action), key);

        again.then().statusCode(200).body("status", equalTo("succeeded"));
        assertThat(notes.posted() - before).isEqualTo(action.equals("repeat") ? 1 : 0);
    }

    @Test
    void anotherDecisionComesTooLate() {
        String id = lost.aTaskThatWaits("decide twice");
        String key = UUID.randomUUID().toString();
        resolve(id, 2, Map.of("action", "skip"), key).then().statusCode(202);
        Tasks.run(id);

        Response other = resolve(id, 2, Map.of("action", "repeat"), key);

        other.then().statusCode(409).body("code", equalTo("illegal_transition"));
        resolve(id, 2, Map.of("action", "repeat")).then().statusCode(409).body("code", equalTo("illegal_transition"));
    }

    @Test
    void aStepThatIsSettledIsNotDecided() {
        String id = lost.aTaskThatWaits("the turn is taken");

        refused(post("/task/" + id + "/step/1/resolve", "{\"action\":\"skip\"}"), 409, "step_settled");

        assertThat(Tasks.status(id)).isEqualTo("waiting");
        Tasks.cancel(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "0", "-1", "two", "02", "1.5", "99999999999"})
    void stepsThatThereAreNot(String step) {
        String id = lost.aTaskThatWaits("there is no step " + step);

        refused(post("/task/" + id + "/step/" + step + "/resolve", "{\"action\":\"repeat\"}"), 404, "not_found");

        Tasks.cancel(id);
    }

    @Test
    void tasksThatThereAreNot() {
        refused(post("/task/" + UNKNOWN + "/step/2/resolve", "{\"action\":\"repeat\"}"), 404, "not_found");
        refused(post("/task/nonsense/step/2/resolve", "{\"action\":\"repeat\"}"), 404, "not_found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{}|422|invalid",
                "{\"action\":null}|422|invalid",
                "{\"action\":\"Repeat\"}|422|invalid",
                "{\"action\":\"result\"}|422|invalid",
                "{\"action\":\"result\",\"result\":null}|422|invalid",
                "{\"action\":\"skip\",\"result\":\"x\"}|422|invalid",
                "{\"action\":\"repeat\",\"result\":\"\"}|422|invalid",
                "{\"action\":\"result\",\"result\":1}|400|wrong_type",
                "{\"action\":\"skip\",\"reason\":\"x\"}|400|unknown_field",
                "null|400|wrong_type",
                "[]|400|wrong_type"
            })
    void wrongDecisions(String body, int status, String code) {
        refused(post("/task/" + UNKNOWN + "/step/2/resolve", body), status, code);
    }

    @Test
    void aResultThatIsLargerThanAStepIsRefused() {
        String id = lost.aTaskThatWaits("say too much");

        resolve(id, 2, Map.of("action", "result", "result", "x".repeat(262_145)))
                .then()
                .statusCode(422)
                .body("code", equalTo("invalid"))
                .body("errors[0].field", equalTo("result"));
        resolve(id, 2, Map.of("action", "result", "result", "\n".repeat(200_000)))
                .then()
                .statusCode(422)
                .body("detail", containsString("larger than the journal keeps"));

        assertThat(Tasks.status(id)).isEqualTo("waiting");
        Tasks.cancel(id);
    }

    private static Response resolve(String id, int step, Object body) {
        return RestAssured.given()
                .contentType("application/json")
                .body(body)
                .post("/task/{id}/step/{step}/resolve", id, step);
    }

    private static Response resolve(String id, int step, Object body, String key) {
        return RestAssured.given()
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body(body)
                .post("/task/{id}/step/{step}/resolve", id, step);
    }
}
