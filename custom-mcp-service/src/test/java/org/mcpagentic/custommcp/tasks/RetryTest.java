package org.mcpagentic.custommcp.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.mcpagentic.testsupport.Refusals.post;
import static org.mcpagentic.testsupport.Refusals.refused;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.custommcp.support.Tasks;
import org.mcpagentic.store.NewTask;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.Priority;
import org.mcpagentic.store.SessionId;
import org.mcpagentic.store.TaskSpec;
import org.mcpagentic.store.TaskStore;
import org.mcpagentic.store.TenantId;
import org.mcpagentic.testsupport.RedisOfTests;
import org.mcpagentic.testsupport.ScriptedModel;

/** Ended tasks that are done once more, as new ones. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
@Timeout(60)
class RetryTest {

    @Inject
    ScriptedModel model;

    @Inject
    TaskStore store;

    @Test
    void anEndedTaskIsRunAgainAsANewOneThatPointsBack() {
        model.play("fail at first", before -> before == 0 ? refusal() : answer("then not"));
        String first = Tasks.post(Map.of(
                        "input",
                        "fail at first",
                        "tools",
                        List.of("calculator"),
                        "model",
                        "offline",
                        "priority",
                        "high",
                        "labels",
                        Map.of("team", "research"),
                        "timeout",
                        90.5))
                .path("task_id");
        assertThat(Tasks.run(first).getString("error.code")).isEqualTo("model_failed");

        Response answer =
                RestAssured.given().header("Session-Id", "another-session").post("/task/{id}/retry", first);

        answer.then()
                .statusCode(201)
                .header("Idempotency-Replayed", nullValue())
                .body("retry_of", equalTo(first))
                .body("status", equalTo("queued"))
                .body("attempt", equalTo(0))
                .body("input", equalTo("fail at first"))
                .body("tools", equalTo(List.of("calculator")))
                .body("model", equalTo("offline"))
                .body("priority", equalTo("high"))
                .body("labels.team", equalTo("research"))
                .body("timeout", equalTo(90.5f))
                .body("session_id", equalTo("another-session"));
        String second = answer.path("task_id");
        assertThat(URI.create("http://localhost/task/" + first + "/retry")
                        .resolve(answer.header("Location"))
                        .getPath())
                .isEqualTo("/task/" + second);
        JsonPath ended = Tasks.run(second);
        assertThat(ended.getString("result")).isEqualTo("then not");
        assertThat(ended.getString("retry_of")).isEqualTo(first);
        assertThat(Tasks.status(first)).isEqualTo("failed");
    }

    @Test
    void theStepsBeforeOneAreTakenOver() {
        String first = Tasks.create("What is 6 * 7?", "calculator");
        Tasks.run(first);

        String second = retry(first, "{\"from_step\":3}")
                .then()
                .statusCode(201)
                .extract()
                .path("task_id");

        JsonPath ended = Tasks.run(second);
        assertThat(ended.getString("result")).contains("42");
        assertThat(ended.getList("steps.kind")).containsExactly("model", "tool", "model");
        assertThat(ended.getList("steps.attempt")).containsExactly(0, 0, 1);
        assertThat(ended.getInt("usage.tool_calls")).isZero();
        assertThat(ended.getInt("usage.model_calls")).isEqualTo(1);
    }

    @Test
    void aWholeTaskMayBeTakenOver() {
        String first = Tasks.create("What is 6 * 8?", "calculator");
        Tasks.run(first);

        String second = retry(first, "{\"from_step\":4}")
                .then()
                .statusCode(201)
                .extract()
                .path("task_id");

        assertThat(Tasks.run(second).getInt("usage.model_calls")).isZero();
        assertThat(Tasks.read(second).getString("result")).contains("48");
    }

    @Test
    void aTaskThatHasNotEndedIsNotRunAgain() {
        String id = Tasks.create("not run yet");

        refused(post("/task/" + id + "/retry", "{}"), 409, "illegal_transition");
        refused(post("/task/" + id + "/retry", "{\"from_step\":9}"), 409, "illegal_transition");

        Tasks.cancel(id);
        retry(id, "{}").then().statusCode(201);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"from_step\":0}|422|invalid",
                "{\"from_step\":-1}|422|invalid",
                "{\"from_step\":2}|422|invalid",
                "{\"from_step\":\"1\"}|400|wrong_type",
                "{\"from_step\":1.5}|400|wrong_type",
                "{\"from_step\":99999999999}|400|wrong_type",
                "{\"from\":1}|400|unknown_field",
                "{\"from_step\":1|400|malformed_json",
                "null|400|wrong_type",
                "[]|400|wrong_type"
            })
    void wrongBodies(String body, int status, String code) {
        String id = Tasks.create("never run");
        Tasks.cancel(id);

        refused(post("/task/" + id + "/retry", body), status, code);
    }

    @Test
    void theFieldAtFaultIsNamed() {
        String id = Tasks.create("never run");
        Tasks.cancel(id);

        retry(id, "{\"from_step\":2}").then().body("errors[0].field", equalTo("from_step"));
    }

    @Test
    void tasksThatThereAreNot() {
        refused(post("/task/t0-00000000000000000000000000/retry", "{}"), 404, "not_found");
        refused(post("/task/nonsense/retry", "{}"), 404, "not_found");
    }

    @Test
    void aRepeatUnderItsKeyReturnsTheFirstAnswer() {
        String id = Tasks.create("never run");
        Tasks.cancel(id);
        String key = UUID.randomUUID().toString();
        Response first = retryUnder(key, id, "{}");
        Tasks.run(first.path("task_id"));

        Response second = retryUnder(key, id, "{}");

        second.then()
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .header("Location", first.header("Location"));
        assertThat(second.jsonPath().getMap("$")).isEqualTo(first.jsonPath().getMap("$"));
        retryUnder(key, id, "{\"from_step\":1}").then().statusCode(422).body("code", equalTo("idempotency_mismatch"));
    }

    @Test
    void aToolOrAModelThatIsGoneSinceIsRefused() {
        refused(post("/task/" + ended(List.of("gone"), Optional.empty()) + "/retry", "{}"), 422, "unknown_tool");
        refused(post("/task/" + ended(List.of(), Optional.of("gone")) + "/retry", "{}"), 422, "unknown_model");
    }

    /** A cancelled task of the time when there were other tools and models. */
    private String ended(List<String> tools, Optional<String> named) {
        TaskSpec spec = new TaskSpec(
                new TenantId("default"),
                new OwnerId("local"),
                new SessionId("long-ago"),
                Priority.NORMAL,
                "of old",
                tools,
                named,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
        String id = store.create(new NewTask(spec, "test", false, Optional.empty(), List.of()))
                .await()
                .atMost(Duration.ofSeconds(5))
                .task()
                .id()
                .value();
        Tasks.cancel(id).then().statusCode(200);
        return id;
    }

    private static Response retry(String id, String body) {
        return RestAssured.given().contentType("application/json").body(body).post("/task/{id}/retry", id);
    }

    private static Response retryUnder(String key, String id, String body) {
        return RestAssured.given()
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body(body)
                .post("/task/{id}/retry", id);
    }

    private static Multi<ModelEvent> refusal() {
        return Multi.createFrom()
                .failure(new ModelException(ModelException.Kind.PERMANENT, "refused", Optional.empty()));
    }

    private static Multi<ModelEvent> answer(String text) {
        return Multi.createFrom().item(ScriptedModel.answer(text));
    }
}
