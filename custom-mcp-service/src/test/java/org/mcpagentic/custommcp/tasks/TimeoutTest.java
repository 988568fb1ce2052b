package org.mcpagentic.custommcp.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mcpagentic.custommcp.support.Tasks;
import org.mcpagentic.testsupport.RedisOfTests;
import org.mcpagentic.testsupport.ScriptedModel;

/** Tasks that have to be done by a time. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
@Timeout(60)
class TimeoutTest {

    @Inject
    ScriptedModel model;

    @Test
    void aTaskThatIsNotDoneInTimeFailsAndItsModelsCallIsAborted() throws Exception {
        ScriptedModel.Silence silence = model.silentFor("take for ever");
        String id = Tasks.post(Map.of("input", "take for ever", "timeout", 0.75))
                .then()
                .statusCode(201)
                .body("timeout", equalTo(0.75f))
                .body("deadline", nullValue())
                .extract()
                .path("task_id");

        JsonPath ended = Tasks.run(id);

        assertThat(ended.getString("status")).isEqualTo("failed");
        assertThat(ended.getString("error.code")).isEqualTo("deadline_exceeded");
        assertThat(Duration.between(
                        Instant.parse(ended.getString("queued_at")), Instant.parse(ended.getString("deadline"))))
                .isBetween(Duration.ofMillis(749), Duration.ofMillis(751));
        assertThat(ended.getDouble("response_time")).isBetween(0.75, 10.0);
        assertThat(silence.cancelled().get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aTaskThatIsDoneInTimeKeepsItsDeadline() {
        String id = Tasks.post(Map.of("input", "What is 6 * 7?", "timeout", 2_592_000))
                .path("task_id");

        JsonPath ended = Tasks.run(id);

        assertThat(ended.getString("status")).isEqualTo("succeeded");
        assertThat(Instant.parse(ended.getString("deadline"))).isAfter(Instant.parse(ended.getString("finished_at")));
        assertThat(ended.getInt("timeout")).isEqualTo(2_592_000);
    }
}
