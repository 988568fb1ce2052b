package org.mcpagentic.custommcp.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.custommcp.support.Tasks;
import org.mcpagentic.testsupport.RedisOfTests;
import org.mcpagentic.testsupport.ScriptedModel;

/** Creating, running and reading tasks. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
class TaskTest {

    private static final String TIME = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z";

    @Inject
    ScriptedModel model;

    @Test
    void createsATask() {
        Response created = Tasks.post(Map.of(
                "input",
                "What is 6 * 7?",
                "tools",
                List.of("calculator"),
                "priority",
                "high",
                "labels",
                Map.of("team", "research")));

        created.then()
                .statusCode(201)
                .contentType("application/json")
                .body("task_id", matchesPattern("t0-[0-9a-z]{20,32}"))
                .body("input", equalTo("What is 6 * 7?"))
                .body("tools", equalTo(List.of("calculator")))
                .body("created_at", matchesPattern(TIME))
                .body("status", equalTo("created"))
                .body("tenant", equalTo("default"))
                .body("owner", equalTo("local"))
                .body("session_id", matchesPattern("d-[0-9a-f]{20}"))
                .body("priority", equalTo("high"))
                .body("attempt", equalTo(0))
                .body("labels", equalTo(Map.of("team", "research")))
                .body("usage.model_calls", equalTo(0));
        assertThat(created.jsonPath().getMap("$"))
                .containsOnlyKeys(
                        "task_id",
                        "input",
                        "tools",
                        "created_at",
                        "status",
                        "tenant",
                        "owner",
                        "session_id",
                        "priority",
                        "attempt",
                        "labels",
                        "usage");
    }

    @Test
    void theLocationOfACreatedTaskIsWhereItIsRead() {
        Response created = Tasks.post(Map.of("input", "What is 6 * 7?"));

        String location = created.header("Location");
        assertThat(location).isEqualTo("task/" + created.path("task_id"));
        RestAssured.get(URI.create("http://localhost:" + RestAssured.port + "/task")
                        .resolve(location))
                .then()
                .statusCode(200)
                .body("task_id", equalTo(created.<String>path("task_id")));
    }

    @Test
    void onlyTheInputIsNeeded() {
        Tasks.post(Map.of("input", "hello"))
                .then()
                .statusCode(201)
                .body("tools", equalTo(List.of()))
                .body("priority", equalTo("normal"))
                .body("labels", equalTo(Map.of()));
    }

    @Test
    void theSessionIsTheOneThatTheClientNames() {
        RestAssured.given()
                .header("Session-Id", "my-session-0001")
                .contentType("application/json")
                .body(Map.of("input", "hello"))
                .when()
                .post("/task")
                .then()
                .body("session_id", equalTo("my-session-0001"));
    }

    @Test
    void runsATaskToItsEnd() {
        String id = Tasks.create("What is 17.5% of 2,480?", "calculator");

        JsonPath task = Tasks.run(id);

        assertThat(task.getString("status")).isEqualTo("succeeded");
        assertThat(task.getString("result")).contains("434");
        assertThat(task.getString("model")).isEqualTo("offline");
        assertThat(task.getInt("attempt")).isEqualTo(1);
        assertThat(task.getMap("usage"))
                .containsEntry("model_calls", 2)
                .containsEntry("tool_calls", 1)
                .containsEntry("cost_usd", 0.0f)
                .containsKeys("input_tokens", "output_tokens");
        assertThat(List.of(task.getString("queued_at"), task.getString("started_at"), task.getString("finished_at")))
                .isSorted()
                .allMatch(time -> time.matches(TIME));
        assertThat(task.getDouble("response_time")).isPositive();
        assertThat(task.getMap("$")).doesNotContainKeys("error", "retry_of", "schedule_id", "retry_at");
        assertThat(Tasks.read(id).getMap("$")).isEqualTo(task.getMap("$"));
    }

    @Test
    void theJournalHoldsModelTurnsAndToolCalls() {
        String id = Tasks.create("What is 17.5% of 2,480?", "calculator");

        JsonPath task = Tasks.run(id);

        assertThat(task.getList("steps.step")).isEqualTo(List.of(1, 2, 3));
        assertThat(task.getList("steps.kind")).isEqualTo(List.of("model", "tool", "model"));
        assertThat(task.getMap("steps[0]"))
                .containsOnlyKeys(
                        "step",
                        "kind",
                        "status",
                        "attempt",
                        "started_at",
                        "finished_at",
                        "duration",
                        "response_id",
                        "model_used",
                        "text",
                        "tool_calls",
                        "usage")
                .containsEntry("status", "succeeded")
                .containsEntry("response_id", id + ".1")
                .containsEntry("model_used", "offline");
        assertThat(task.getMap("steps[0].tool_calls[0]"))
                .containsEntry("call_id", "c1")
                .containsEntry("tool_name", "calculator")
                .containsEntry("arguments", Map.of("expression", "17.5% * 2480"));
        assertThat(task.getMap("steps[1]"))
                .containsOnlyKeys(
                        "step",
                        "kind",
                        "status",
                        "attempt",
                        "started_at",
                        "finished_at",
                        "duration",
                        "execution_id",
                        "task_id",
                        "call_id",
                        "tool_name",
                        "input_data",
                        "output_data",
                        "execution_time")
                .containsEntry("execution_id", id + ".2")
                .containsEntry("task_id", id)
                .containsEntry("call_id", "c1")
                .containsEntry("input_data", "{\"expression\":\"17.5% * 2480\"}");
        assertThat(task.getString("steps[1].output_data")).contains("434");
        assertThat(task.getString("steps[2].text")).isEqualTo(task.getString("result"));
    }

    @Test
    void runningAFinishedTaskReturnsItUnchanged() {
        String id = Tasks.create("What is 6 * 7?", "calculator");
        JsonPath first = Tasks.run(id);

        JsonPath second = Tasks.run(id);

        assertThat(second.getMap("$")).isEqualTo(first.getMap("$"));
    }

    @Test
    void aTaskThatFailedIsAnAnswerAllTheSame() {
        model.play(
                "fail for good",
                before -> Multi.createFrom()
                        .failure(new ModelException(
                                ModelException.Kind.PERMANENT, "the key is not valid", Optional.empty())));
        String id = Tasks.create("fail for good");

        JsonPath task = Tasks.run(id);

        assertThat(task.getString("status")).isEqualTo("failed");
        assertThat(task.getMap("error")).isEqualTo(Map.of("code", "model_failed", "message", "the key is not valid"));
        assertThat(task.getString("steps[0].status")).isEqualTo("failed");
        assertThat(task.getString("steps[0].error.code")).isEqualTo("model_failed");
        assertThat(task.getMap("$")).doesNotContainKey("result");
    }

    @Test
    void aModelThatComesBackIsAskedAgain() {
        model.play(
                "fail once",
                before -> before == 0
                        ? Multi.createFrom()
                                .failure(new ModelException(
                                        ModelException.Kind.TRANSIENT,
                                        "overloaded",
                                        Optional.of(java.time.Duration.ofMillis(50))))
                        : Multi.createFrom().item(ScriptedModel.answer("here I am")));
        String id = Tasks.create("fail once");

        JsonPath task = Tasks.run(id);

        assertThat(task.getString("result")).isEqualTo("here I am");
        assertThat(task.getInt("attempt")).isEqualTo(2);
        assertThat(task.getList("steps.status")).isEqualTo(List.of("failed", "succeeded"));
        assertThat(task.getMap("usage"))
                .containsEntry("model_calls", 2)
                .containsEntry("input_tokens", 7)
                .containsEntry("cost_usd", 0.000021f);
    }

    @Test
    void allOfUnicodeIsKeptAsItIsAndControlsInAnswersToo() {
        String input = "a\tb\r\n\uD83D\uDE00 \u202E e\u0301 \u0085";
        String answer = "a\u0000b \u0007 " + input;
        model.play(input, before -> Multi.createFrom().item(ScriptedModel.answer(answer)));

        JsonPath task = Tasks.run(Tasks.create(input));

        assertThat(task.getString("input")).isEqualTo(input);
        assertThat(task.getString("result")).isEqualTo(answer);
    }

    @Test
    void unknownTasksAreNotFound() {
        for (String id :
                List.of("t0-00000000000000000000000000", "t9-00000000000000000000000000", "nonsense", "t0-x")) {
            for (String route : List.of("/task/" + id, "/task/" + id + "/events")) {
                problem(RestAssured.get(route));
            }
            for (String route : List.of("/task/" + id + "/run", "/task/" + id + "/cancel")) {
                problem(RestAssured.post(route));
            }
        }
    }

    private static void problem(Response response) {
        response.then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("code", equalTo("not_found"))
                .body("$", not(hasKey("instance")));
    }
}
