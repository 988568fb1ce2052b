package org.mcpagentic.custommcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mcpagentic.custommcp.support.AccessOff;
import org.mcpagentic.custommcp.support.Tasks;
import org.mcpagentic.testsupport.EventReader;
import org.mcpagentic.testsupport.Metrics;
import org.mcpagentic.testsupport.RedisOfTests;
import org.mcpagentic.testsupport.Refusals;
import org.mcpagentic.testsupport.Until;

/** A short pass through the artifact that was built, jar or native. */
@QuarkusIntegrationTest
@TestProfile(AccessOff.class)
@WithTestResource(RedisOfTests.class)
@Timeout(120)
class CustomServiceIT {

    @BeforeEach
    void isReady() {
        Until.holds(
                "ready",
                Duration.ofSeconds(30),
                () -> RestAssured.get("/q/health/ready").statusCode() == 200);
    }

    @Test
    void runsATaskAndCountsIt() {
        String id = Tasks.create(
                "What is 17.5% of 2,480, how many days until 2027-03-01, and how many words has this sentence?",
                "calculator", "date_time", "text_statistics");

        JsonPath task = Tasks.run(id);

        assertThat(task.getString("status")).isEqualTo("succeeded");
        assertThat(task.getString("result")).contains("434", "17 words");
        assertThat(task.getList("steps")).hasSize(5);
        JsonPath figures = Tasks.statistics();
        assertThat(figures.getInt("successful_queries")).isEqualTo(1);
        assertThat(figures.getInt("tool_calls")).isEqualTo(3);
        try (EventReader events = EventReader.get(RestAssured.port, "/task/" + id + "/events")) {
            assertThat(events.rest().getLast().name()).isEqualTo("task.succeeded");
        }
        RestAssured.get("/task").then().statusCode(200).body("items[0].task_id", equalTo(id));
    }

    @Test
    void listsToolsAndRefusesWithProblems() {
        RestAssured.get("/tool")
                .then()
                .statusCode(200)
                .body("items.name", hasItems("calculator", "csv_summary", "http_fetch", "memory_put"));

        Refusals.refused(Refusals.post("/task", "{\"input\":\" \"}"), 422, "invalid");
        Refusals.refused(Refusals.post("/task", "{"), 400, "malformed_json");
    }

    @Test
    void tellsOfItselfToOperators() {
        for (String probe : List.of("live", "ready", "started")) {
            RestAssured.get("/q/health/" + probe).then().statusCode(200).body("status", equalTo("UP"));
        }
        assertThat(Metrics.scrape().names()).contains("tasks", "task_queue_depth", "worker_slots");
        RestAssured.get("/q/openapi").then().statusCode(200).body(containsString("/task/{id}/run"));
        RestAssured.get("/q/swagger-ui/").then().statusCode(200);
    }
}
