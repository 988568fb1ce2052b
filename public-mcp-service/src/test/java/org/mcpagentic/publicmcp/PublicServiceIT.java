package org.mcpagentic.publicmcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

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
import org.mcpagentic.publicmcp.support.AccessOff;
import org.mcpagentic.publicmcp.support.Questions;
import org.mcpagentic.testsupport.EventReader;
import org.mcpagentic.testsupport.EventReader.Event;
import org.mcpagentic.testsupport.Metrics;
import org.mcpagentic.testsupport.RedisOfTests;
import org.mcpagentic.testsupport.Refusals;
import org.mcpagentic.testsupport.Until;

/** A short pass through the artifact that was built, jar or native. */
@QuarkusIntegrationTest
@TestProfile(AccessOff.class)
@WithTestResource(RedisOfTests.class)
@Timeout(120)
class PublicServiceIT {

    @BeforeEach
    void isReady() {
        Until.holds(
                "ready",
                Duration.ofSeconds(30),
                () -> RestAssured.get("/q/health/ready").statusCode() == 200);
    }

    @Test
    void answersAQuestionAndCountsIt() {
        JsonPath answer = Questions.ask("What can you do?")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(Questions.read(answer.getString("response_id")).getMap("$")).isEqualTo(answer.getMap("$"));
        try (EventReader reader = Questions.stream("What can you do?")) {
            List<Event> events = reader.rest();
            assertThat(events.getLast().name()).isEqualTo("response");
            assertThat(Questions.text(events)).isEqualTo(answer.getString("response"));
        }
        assertThat(Questions.statistics().getInt("successful_queries")).isEqualTo(2);
    }

    @Test
    void refusesWithProblems() {
        Refusals.refused(Refusals.post("/ask", "{\"query\":\" \"}"), 422, "invalid");
        Refusals.refused(Refusals.post("/ask", "{"), 400, "malformed_json");
    }

    @Test
    void tellsOfItselfToOperators() {
        for (String probe : List.of("live", "ready", "started")) {
            RestAssured.get("/q/health/" + probe).then().statusCode(200).body("status", equalTo("UP"));
        }
        assertThat(Metrics.scrape().names()).contains("jvm_memory_used_bytes");
        RestAssured.get("/q/openapi").then().statusCode(200).body(containsString("/ask"));
        RestAssured.get("/q/swagger-ui/").then().statusCode(200);
    }
}
