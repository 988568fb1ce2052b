package org.mcpagentic.custommcp.approvals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.ModelEvent.ToolCalls;
import org.mcpagentic.agent.model.Usage;
import org.mcpagentic.agent.tool.ToolCall;
import org.mcpagentic.custommcp.support.Asking;
import org.mcpagentic.custommcp.support.PostNoteTool;
import org.mcpagentic.custommcp.support.Tasks;
import org.mcpagentic.testsupport.EventReader;
import org.mcpagentic.testsupport.EventReader.Event;
import org.mcpagentic.testsupport.RedisOfTests;
import org.mcpagentic.testsupport.ScriptedModel;
import org.mcpagentic.testsupport.Until;

/** A person lets calls be made, or not. */
@QuarkusTest
@TestProfile(Asking.class)
@WithTestResource(RedisOfTests.class)
@Timeout(60)
class ApprovalResourceTest {

    @Inject
    ScriptedModel model;

    @Inject
    PostNoteTool notes;

    @Test
    void aTaskThatAsksSaysWhat() {
        String note = unique("hello");
        String task = asking(note);

        JsonPath read = Tasks.read(task);

        assertThat(read.getString("error.code")).isEqualTo("approval_required");
        assertThat(read.getList("approvals")).hasSize(1);
        assertThat(read.getString("approvals[0].arguments.text")).isEqualTo(note);
        assertThat(notes.texts()).doesNotContain(note);
        RestAssured.get("/approval/{id}", approvalOf(task))
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("task_id", equalTo(task))
                .body("step", equalTo(2))
                .body("tool_name", equalTo("post_note"))
                .body("side_effects", equalTo("non_idempotent"))
                .body("status", equalTo("pending"))
                .body("revision", equalTo(1))
                .body("digest.length()", equalTo(64));
        RestAssured.get("/approval?status=pending&limit=200")
                .then()
                .statusCode(200)
                .body("items.approval_id", hasItem(approvalOf(task)));
        Tasks.cancel(task);
    }

    @Test
    void anApprovedCallIsMade() {
        String note = unique("approve me");
        String task = asking(note);
        String digest = RestAssured.get("/approval/{id}", approvalOf(task)).path("digest");

        Response answer = decide(task, Map.of("decision", "approve", "digest", digest));

        answer.then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("status", equalTo("approved"))
                .body("decided_by", equalTo("local"));
        JsonPath ended = Tasks.run(task);
        assertThat(ended.getString("status")).isEqualTo("succeeded");
        assertThat(ended.getString("steps[1].output_data")).startsWith("posted");
        assertThat(notes.texts()).containsOnlyOnce(note);
        RestAssured.get("/approval?status=pending&limit=200")
                .then()
                .body("items.approval_id", not(hasItem(approvalOf(task))));
    }

    @Test
    void editedArgumentsRunAndTheOriginalOnesCannot() {
        String note = unique("original");
        String better = unique("better");
        String task = asking(note);

        with("\"1\"")
                .body(Map.of("decision", "approve", "arguments", Map.of("text", better)))
                .post("/approval/{id}/decision", approvalOf(task))
                .then()
                .statusCode(200)
                .body("arguments.text", equalTo(note))
                .body("edited_arguments.text", equalTo(better));

        JsonPath ended = Tasks.run(task);
        assertThat(notes.texts()).contains(better).doesNotContain(note);
        assertThat(ended.getString("steps[1].input_data")).contains(better);
        assertThat(ended.getString("steps[1].output_data"))
                .contains("A person changed the arguments")
                .contains(better);
        decide(task, Map.of("decision", "approve")).then().statusCode(409).body("code", equalTo("approval_decided"));
        assertThat(notes.texts()).doesNotContain(note);
    }

    @Test
    void otherArgumentsNeedTheRevisionThatWasShown() {
        String task = asking(unique("edit me"));
        Map<String, Object> edit = Map.of("decision", "approve", "arguments", Map.of("text", "x"));

        decide(task, edit).then().statusCode(428).body("code", equalTo("precondition_required"));
        with("\"2\"")
                .body(edit)
                .post("/approval/{id}/decision", approvalOf(task))
                .then()
                .statusCode(412)
                .body("code", equalTo("precondition_failed"));
        decide(task, Map.of("decision", "refuse")).then().statusCode(200);
        with("\"1\"")
                .body(edit)
                .post("/approval/{id}/decision", approvalOf(task))
                .then()
                .statusCode(412);
        Tasks.run(task);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "*", "W/\"1\"", "\"1\", \"2\"", "\"0\"", "\"x\""})
    void anIfMatchThatIsNoEtagOfAnApprovalIsRefused(String header) {
        String task = asking(unique("header"));

        with(header)
                .body(Map.of("decision", "refuse"))
                .post("/approval/{id}/decision", approvalOf(task))
                .then()
                .statusCode(400)
                .body("code", equalTo("bad_header"));
        Tasks.cancel(task);
    }

    @Test
    void anyDecisionMayNameTheRevision() {
        String task = asking(unique("revision"));

        with("\"7\"")
                .body(Map.of("decision", "approve"))
                .post("/approval/{id}/decision", approvalOf(task))
                .then()
                .statusCode(412);
        with("\"1\"")
                .body(Map.of("decision", "approve"))
                .post("/approval/{id}/decision", approvalOf(task))
                .then()
                .statusCode(200);
        Tasks.run(task);
    }

    @Test
    void whatWasNotShownIsNotApproved() {
        String task = asking(unique("shown"));

        decide(task, Map.of("decision", "approve", "digest", "0".repeat(64)))
                .then()
                .statusCode(412)
                .body("code", equalTo("precondition_failed"));
        assertThat(Tasks.status(task)).isEqualTo("waiting");
        Tasks.cancel(task);
    }

    @Test
    void editedArgumentsHaveToFitTheSchemaAndThePolicy() {
        String task = asking(unique("schema"));

        edit(task, Map.of("text", 7))
                .then()
                .statusCode(422)
                .body("code", equalTo("invalid"))
                .body("errors.field", contains("arguments/text"));
        edit(task, Map.of("text", "x".repeat(101)))
                .then()
                .statusCode(422)
                .body("errors.field", contains("arguments/text"));
        edit(task, Map.of("text", "never mind"))
                .then()
                .statusCode(422)
                .body("errors.field", contains("arguments"))
                .body("detail", containsString("nobody says never"));
        assertThat(Tasks.status(task)).isEqualTo("waiting");
        Tasks.cancel(task);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|422|decision",
                "{\"decision\":\"maybe\"}|422|decision",
                "{\"decision\":\"approve\",\"reason\":\"r\"}|422|reason",
                "{\"decision\":\"refuse\",\"arguments\":{}}|422|arguments",
                "{\"decision\":\"refuse\",\"digest\":\"0000000000000000000000000000000000000000000000000000000000000000\"}|422|digest",
                "{\"decision\":\"approve\",\"digest\":\"x\"}|422|digest",
            })
    void aRequestThatMakesNoSenseIsRefused(String body, int status, String field) {
        String task = asking(unique("nonsense"));

        RestAssured.given()
                .contentType(ContentType.JSON)
                .body(body)
                .post("/approval/{id}/decision", approvalOf(task))
                .then()
                .statusCode(status)
                .body("errors.field", hasItem(field));
        Tasks.cancel(task);
    }

    @Test
    void argumentsAreAnObject() {
        String task = asking(unique("array"));

        with("\"1\"")
                .body("{\"decision\":\"approve\",\"arguments\":[1]}")
                .post("/approval/{id}/decision", approvalOf(task))
                .then()
                .statusCode(400)
                .body("code", equalTo("wrong_type"));
        Tasks.cancel(task);
    }

    @Test
    void theModelReadsWhyAPersonRefused() {
        String note = unique("refuse me");
        String task = asking(note);

        decide(task, Map.of("decision", "refuse", "reason", "not on a Sunday"))
                .then()
                .statusCode(200)
                .body("status", equalTo("refused"))
                .body("reason", equalTo("not on a Sunday"));

        JsonPath ended = Tasks.run(task);
        assertThat(ended.getString("status")).isEqualTo("succeeded");
        assertThat(ended.getString("steps[1].status")).isEqualTo("failed");
        assertThat(ended.getString("steps[1].output_data")).contains("not on a Sunday");
        assertThat(notes.texts()).doesNotContain(note);
    }

    @Test
    void whatNobodyDecidesOnExpires() {
        String note = unique("soon");
        String task = asking(note);

        Until.holds(
                "it goes on", Duration.ofSeconds(10), () -> Tasks.status(task).equals("succeeded"));

        assertThat(Tasks.read(task).getString("steps[1].output_data")).contains("nobody decided in time");
        assertThat(notes.texts()).doesNotContain(note);
        decide(task, Map.of("decision", "approve")).then().statusCode(409);
    }

    @Test
    void whatThePolicyDeniesAsksNobody() {
        String note = unique("never");
        String task = created(note);

        JsonPath ended = Tasks.run(task);

        assertThat(ended.getString("steps[1].output_data")).contains("nobody says never");
        assertThat(ended.getList("approvals")).isNull();
        assertThat(notes.texts()).doesNotContain(note);
    }

    @Test
    void theSameDecisionAgainIsTheSameDecision() {
        String note = unique("twice");
        String task = asking(note);
        Map<String, String> approve = Map.of("decision", "approve");

        String first = keyed(task, approve).then().statusCode(200).extract().asString();
        String second = keyed(task, approve).then().statusCode(200).extract().asString();
        String third = decide(task, approve).then().statusCode(200).extract().asString();

        assertThat(second).isEqualTo(first);
        assertThat(third).isEqualTo(first);
        decide(task, Map.of("decision", "refuse")).then().statusCode(409).body("code", equalTo("approval_decided"));
        Tasks.run(task);
        assertThat(notes.texts()).containsOnlyOnce(note);
    }

    @Test
    void aTaskThatIsCancelledWithdrawsWhatItAsked() {
        String task = asking(unique("cancel me"));

        Tasks.cancel(task).then().statusCode(200);

        RestAssured.get("/approval/{id}", approvalOf(task)).then().body("status", equalTo("withdrawn"));
        decide(task, Map.of("decision", "approve")).then().statusCode(409);
    }

    @Test
    void severalCallsOfOneTurnAreDecidedOneByOne() {
        String one = unique("one");
        String two = unique("two");
        String task = asking(one, two);
        List<String> ids = Tasks.read(task).getList("approvals.approval_id");
        assertThat(ids).hasSize(2);

        decision(ids.get(1), Map.of("decision", "approve")).then().statusCode(200);
        String between = Tasks.status(task);
        decision(ids.get(0), Map.of("decision", "refuse")).then().statusCode(200);

        JsonPath ended = Tasks.run(task);
        assertThat(between).isEqualTo("waiting");
        assertThat(ended.getList("steps.status")).containsExactly("succeeded", "failed", "succeeded", "succeeded");
        assertThat(notes.texts()).contains(two).doesNotContain(one);
    }

    @Test
    void watchersSeeRequestAndDecision() {
        String note = unique("watch me");
        String task = asking(note);

        try (EventReader events = EventReader.get(RestAssured.port, "/task/" + task + "/events")) {
            Event requested = events.next("approval.requested");
            decide(task, Map.of("decision", "approve")).then().statusCode(200);
            Event decided = events.next("approval.decided");

            assertThat(requested.data().getString("approval.arguments.text")).isEqualTo(note);
            assertThat(decided.data().getString("approval.status")).isEqualTo("approved");
            assertThat(events.rest().getLast().name()).isEqualTo("task.succeeded");
        }
    }

    @Test
    void aRetryIsAskedForAnew() {
        String note = unique("again");
        String task = asking(note);
        decide(task, Map.of("decision", "approve")).then().statusCode(200);
        Tasks.run(task);

        String again = RestAssured.given()
                .contentType(ContentType.JSON)
                .body(Map.of("from_step", 2))
                .post("/task/{id}/retry", task)
                .then()
                .statusCode(201)
                .extract()
                .path("task_id");

        waits(again);
        assertThat(approvalOf(again)).isNotEqualTo(approvalOf(task));
        assertThat(notes.texts()).containsOnlyOnce(note);
        Tasks.cancel(again);
    }

    @Test
    void whatThereIsNotIsUnknown() {
        RestAssured.get("/approval/p0-00000000000000000000000000").then().statusCode(404);
        RestAssured.get("/approval/anything").then().statusCode(404);
        RestAssured.get("/approval/p9-00000000000000000000000000").then().statusCode(404);
        RestAssured.get("/approval?status=odd").then().statusCode(400);
        RestAssured.get("/approval?limit=0").then().statusCode(400);
        RestAssured.get("/approval?cursor=-").then().statusCode(400);
        decision("p0-00000000000000000000000000", Map.of("decision", "approve"))
                .then()
                .statusCode(404);
    }

    @Test
    void listsComeInPages() {
        String first = asking(unique("page one"));
        String second = asking(unique("page two"));

        JsonPath page = RestAssured.get("/approval?limit=1").jsonPath();
        JsonPath next = RestAssured.get("/approval?limit=1&cursor={c}", page.getString("next_cursor"))
                .jsonPath();

        assertThat(page.getList("items.task_id")).containsExactly(second);
        assertThat(next.getList("items.task_id")).containsExactly(first);
        Tasks.cancel(first);
        Tasks.cancel(second);
    }

    private static String unique(String text) {
        return text + " " + UUID.randomUUID();
    }

    /** A task that waits; its model wants these notes posted. */
    private String asking(String... texts) {
        String task = created(texts);
        Tasks.queue(task);
        waits(task);
        return task;
    }

    private String created(String... texts) {
        String input = "post " + String.join(", ", texts);
        List<ToolCall> calls = new ArrayList<>();
        for (String text : texts) {
            calls.add(new ToolCall(
                    "c" + calls.size(),
                    PostNoteTool.NAME,
                    JsonNodeFactory.instance.objectNode().put("text", text)));
        }
        ModelEvent turn = new ToolCalls("offline", "", calls, new Usage(7, 3, 21), Optional.empty());
        model.play(input, before -> Multi.createFrom().item(before == 0 ? turn : ScriptedModel.answer("that is all")));
        return Tasks.create(input, PostNoteTool.NAME);
    }

    private static void waits(String task) {
        Until.holds("it waits", Duration.ofSeconds(10), () -> Tasks.status(task).equals("waiting"));
    }

    private static String approvalOf(String task) {
        return Tasks.read(task).getString("approvals[0].approval_id");
    }

    private static Response decide(String task, Object body) {
        return decision(approvalOf(task), body);
    }

    private static Response decision(String id, Object body) {
        return RestAssured.given().contentType(ContentType.JSON).body(body).post("/approval/{id}/decision", id);
    }

    private static Response keyed(String task, Object body) {
        return RestAssured.given()
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", "one decision")
                .body(body)
                .post("/approval/{id}/decision", approvalOf(task));
    }

    private static Response edit(String task, Map<String, ?> arguments) {
        return with("\"1\"")
                .body(Map.of("decision", "approve", "arguments", arguments))
                .post("/approval/{id}/decision", approvalOf(task));
    }

    private static RequestSpecification with(String ifMatch) {
        return RestAssured.given().contentType(ContentType.JSON).header("If-Match", ifMatch);
    }
}
