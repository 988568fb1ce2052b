package org.mcpagentic.custommcp.work;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.ModelEvent.TextDelta;
import org.mcpagentic.agent.model.ModelEvent.ToolCalls;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.agent.model.Usage;
import org.mcpagentic.agent.tool.ToolCall;
import org.mcpagentic.custommcp.support.Tasks;
import org.mcpagentic.store.MemoryKey;
import org.mcpagentic.store.MemoryStore;
import org.mcpagentic.store.TenantId;
import org.mcpagentic.testsupport.RedisOfTests;
import org.mcpagentic.testsupport.ScriptedModel;

/** A secret of the service's environment that a model came to know never reaches a tool, the journal or an answer. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
@TestProfile(CanaryTest.WithCanary.class)
class CanaryTest {

    private static final String CANARY = "canary.of-the-environment/42";

    @Inject
    ScriptedModel model;

    @Inject
    MemoryStore memory;

    /** The service holds a key. */
    public static final class WithCanary implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("probe.api-key", CANARY);
        }
    }

    @Test
    void aSecretReachesNoToolNoStepAndNoAnswer() {
        model.play(
                "spill it",
                before -> before == 0
                        ? Multi.createFrom()
                                .items(
                                        new TextDelta("the key is " + CANARY.substring(0, 9)),
                                        new TextDelta(CANARY.substring(9)),
                                        calls("memory_put", remembering(CANARY)))
                        : Multi.createFrom().item(ScriptedModel.answer("it is " + CANARY)));
        String id = Tasks.create("spill it", "memory_put");

        JsonPath task = Tasks.run(id);

        assertThat(task.prettify()).doesNotContain(CANARY);
        assertThat(task.getString("result")).isEqualTo("it is [masked: secret]");
        assertThat(task.getString("steps[1].input_data")).contains("note: [masked: secret]");
        assertThat(RestAssured.get("/task/{id}/events", id).asString())
                .contains("task.succeeded")
                .doesNotContain(CANARY);
        assertThat(memory.get(TenantId.DEFAULT, new MemoryKey("canary"))
                        .await()
                        .atMost(Duration.ofSeconds(5))
                        .orElseThrow()
                        .value())
                .isEqualTo("note: [masked: secret]");
    }

    @Test
    void aSecretInWhatAToolReturnsReachesNobody() {
        ObjectNode encoded = JsonNodeFactory.instance.objectNode();
        encoded.put("operation", "decode").put("format", "base64");
        // why with an x: the base64 of the secret itself is masked before the tool is called
        encoded.put("text", Base64.getEncoder().encodeToString(("x" + CANARY).getBytes(UTF_8)));
        model.play(
                "decode it",
                before -> Multi.createFrom()
                        .item(before == 0 ? calls("encoding", encoded) : ScriptedModel.answer("decoded")));
        String id = Tasks.create("decode it", "encoding");

        JsonPath task = Tasks.run(id);

        assertThat(task.getString("steps[1].output_data")).contains("x[masked: secret]");
        assertThat(task.prettify()).doesNotContain(CANARY);
    }

    @Test
    void aSecretInAFailureReachesNobody() {
        model.play(
                "fail with it",
                before -> Multi.createFrom()
                        .failure(new ModelException(
                                ModelException.Kind.PERMANENT, "the key " + CANARY + " is wrong", Optional.empty())));
        String id = Tasks.create("fail with it");

        JsonPath task = Tasks.run(id);

        assertThat(task.getString("error.message")).isEqualTo("the key [masked: secret] is wrong");
        assertThat(task.prettify()).doesNotContain(CANARY);
    }

    private static ModelEvent calls(String tool, ObjectNode arguments) {
        return new ToolCalls(
                "offline",
                "I will use " + CANARY,
                List.of(new ToolCall("c0", tool, arguments)),
                new Usage(7, 3, 21),
                Optional.of("{\"said\":\"" + CANARY + "\"}"));
    }

    private static ObjectNode remembering(String secret) {
        return JsonNodeFactory.instance.objectNode().put("key", "canary").put("value", "note: " + secret);
    }
}
