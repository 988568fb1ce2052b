package org.mcpagentic.custommcp.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mcpagentic.custommcp.support.LostWorkers;
import org.mcpagentic.custommcp.support.OneSlot;
import org.mcpagentic.custommcp.support.PostNoteTool;
import org.mcpagentic.custommcp.support.Tasks;
import org.mcpagentic.testsupport.McpClient;
import org.mcpagentic.testsupport.McpClient.Came;
import org.mcpagentic.testsupport.RedisOfTests;

/** A person at an MCP client says what came of a call that a lost worker left behind. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
@TestProfile(OneSlot.class)
@Timeout(60)
class LostCallTest {

    private final McpClient client = McpClient.of("").takingTasks();

    @Inject
    LostWorkers lost;

    @Inject
    PostNoteTool notes;

    @Test
    void theLostCallIsAForm() {
        String id = lost.aTaskThatWaits(Notes.unique("show me"));

        JsonNode task = get(id);

        assertThat(task.path("status").asText()).isEqualTo("input_required");
        assertThat(task.path("inputRequests")).hasSize(1);
        assertThat(task.path("inputRequests").toString())
                .contains("post_note", "hello", "Nobody knows whether the call took effect");
        Tasks.cancel(id);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "repeat||posted, number|1",
                "skip||a person skipped this call|0",
                "given|posted by hand|posted by hand|0"
            })
    void whatThePersonSaysIsDone(String action, @Nullable String result, String output, int posted) {
        String id = lost.aTaskThatWaits(Notes.unique(action));
        int before = notes.posted();

        Came came = update(
                id,
                Notes.filledIn(result == null ? Map.of("action", action) : Map.of("action", action, "result", result)));

        JsonPath ended = Tasks.run(id);
        assertThat(came.code()).isZero();
        assertThat(ended.getString("status")).isEqualTo("succeeded");
        assertThat(ended.getString("steps[1].output_data")).contains(output);
        assertThat(notes.posted() - before).isEqualTo(posted);
    }

    @ParameterizedTest
    @CsvSource({"decline,0", "cancel,0", "accept,-32602", "nonsense,-32602"})
    void whatIsNotSaidDecidesNothing(String action, int code) {
        String id = lost.aTaskThatWaits(Notes.unique("say nothing"));

        Came came = update(id, Map.of("action", action, "content", Map.of("action", "perhaps")));

        assertThat(came.code()).isEqualTo(code);
        assertThat(get(id).path("status").asText()).isEqualTo("input_required");
        Tasks.cancel(id);
    }

    @Test
    void aTaskThatWasGivenUpHasFailed() {
        String id = lost.aTaskThatIsGivenUp(Notes.unique("give me up"));

        JsonNode task = get(id);

        assertThat(task.path("status").asText()).isEqualTo("failed");
        assertThat(task.path("error").path("message").asText()).startsWith("worker_lost");
    }

    private Came update(String id, Map<String, ?> answer) {
        return client.ask(
                "tasks/update",
                Map.of("taskId", id, "inputResponses", Notes.toAll(get(id).path("inputRequests"), answer)));
    }

    private JsonNode get(String id) {
        return client.ask("tasks/get", Map.of("taskId", id)).result();
    }
}
