package org.mcpagentic.mcptest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mcpagentic.stubmodel.Call;
import org.mcpagentic.stubmodel.Reply;
import org.mcpagentic.testsupport.Until;

/** What a person has to allow waits for that person, whatever becomes of the service meanwhile. */
class ApprovalTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Set<String> ENDED = Set.of("succeeded", "failed", "cancelled");
    private static final String ASKED_FOR = "everything is deleted";
    private static final String ALLOWED = "one file is deleted";

    private static CustomService service;

    @BeforeAll
    static void start() {
        service = CustomService.start(
                1, Map.of("APPROVAL_RULES_0__TOOL", "memory_put", "APPROVAL_RULES_0__VERDICT", "ask"));
        service.model()
                .when("remember the plan")
                .then(Reply.calls(Call.of("memory_put", plan(ASKED_FOR))), Reply.text("It is remembered."));
        service.model()
                .when("read the plan")
                .then(Reply.calls(Call.of("memory_get", Json.object().put("key", "plan"))), Reply.text("It was read."));
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
    }

    @Test
    void anApprovalOutlivesTheServiceAndLetsTheEditedCallBeMadeAlone() {
        String task = queued("remember the plan", "memory_put");
        Until.holds("a person is asked", PATIENCE, () -> status(task).equals("waiting"));
        String original = pendingOf(task).path("digest").asText();

        service.replica(0).kill();
        service.replica(0).restart();

        JsonNode approval = pendingOf(task);
        assertThat(approval.path("digest").asText()).isEqualTo(original);
        assertThat(approval.at("/arguments/value").asText()).isEqualTo(ASKED_FOR);
        String decision = "approval/" + approval.path("approval_id").asText() + "/decision";
        ObjectNode edit = Json.object().put("decision", "approve").set("arguments", plan(ALLOWED));
        String shown = "\"" + approval.path("revision").asLong() + "\"";
        assertThat(rest().post(decision, edit.toString()).status())
                .as("an edit of nothing in particular")
                .isEqualTo(428);
        assertThat(rest().post(decision, edit.toString(), "If-Match", "\"77\"").status())
                .as("an edit of what was not shown")
                .isEqualTo(412);
        JsonNode decided =
                rest().post(decision, edit.toString(), "If-Match", shown).json(200);
        assertThat(decided.path("status").asText()).isEqualTo("approved");
        assertThat(rest().post(decision, approvalOf(original)).status())
                .as("the original arguments, once others were allowed")
                .isEqualTo(409);
        Until.holds("the task ends", PATIENCE, () -> ENDED.contains(status(task)));
        assertThat(status(task)).isEqualTo("succeeded");
        assertThat(toolSteps(task)).singleElement().satisfies(step -> {
            assertThat(step.path("status").asText()).isEqualTo("succeeded");
            assertThat(Json.parse(step.path("input_data").asText())
                            .path("value")
                            .asText())
                    .isEqualTo(ALLOWED);
        });
        String reader = queued("read the plan", "memory_get");
        Until.holds("the plan is read", PATIENCE, () -> ENDED.contains(status(reader)));
        assertThat(toolSteps(reader).toString()).contains(ALLOWED).doesNotContain(ASKED_FOR);
    }

    @Test
    void whatIsRefusedIsNotDoneAndTheModelReadsWhy() {
        String task = queued("remember the plan, please", "memory_put");
        Until.holds("a person is asked", PATIENCE, () -> status(task).equals("waiting"));
        String decision = "approval/" + pendingOf(task).path("approval_id").asText() + "/decision";

        rest().post(decision, "{\"decision\": \"refuse\", \"reason\": \"not on a Friday\"}")
                .json(200);

        Until.holds("the task ends", PATIENCE, () -> ENDED.contains(status(task)));
        assertThat(service.model().requests())
                .as("what the model was told")
                .anyMatch(request -> request.body().toString().contains("not on a Friday"));
        assertThat(toolSteps(task))
                .allMatch(step -> !step.path("status").asText().equals("succeeded"));
    }

    private static ObjectNode plan(String value) {
        return Json.object().put("key", "plan").put("value", value);
    }

    private static String approvalOf(String digest) {
        return Json.object().put("decision", "approve").put("digest", digest).toString();
    }

    private static Rest rest() {
        return service.rest(0);
    }

    private static String queued(String input, String tool) {
        ObjectNode task = Json.object().put("input", input);
        task.putArray("tools").add(tool);
        String id =
                rest().post("task", task.toString()).json(201).path("task_id").asText();
        assertThat(rest().post("task/" + id + "/run", "", "Prefer", "respond-async")
                        .status())
                .isEqualTo(202);
        return id;
    }

    private static JsonNode pendingOf(String task) {
        return StreamSupport.stream(
                        rest().get("approval?status=pending").path("items").spliterator(), false)
                .filter(approval -> approval.path("task_id").asText().equals(task))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no approval of " + task + " is pending"));
    }

    private static String status(String task) {
        return rest().get("task/" + task).path("status").asText();
    }

    private static List<JsonNode> toolSteps(String task) {
        return StreamSupport.stream(rest().get("task/" + task).path("steps").spliterator(), false)
                .filter(step -> step.path("kind").asText().equals("tool"))
                .toList();
    }
}
