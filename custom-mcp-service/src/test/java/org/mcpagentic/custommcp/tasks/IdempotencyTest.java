package org.mcpagentic.custommcp.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.mcpagentic.custommcp.support.Tasks;
import org.mcpagentic.testsupport.RedisOfTests;

/** Requests that are sent twice. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
class IdempotencyTest {

    private final String key = UUID.randomUUID().toString();

    @Test
    void aRepeatReturnsTheFirstAnswer() {
        Response first = post("{\"input\":\"once\"}");
        Tasks.run(first.path("task_id"));

        Response second = post("{\"input\":\"once\"}");

        first.then().statusCode(201).header("Idempotency-Replayed", nullValue());
        second.then()
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .header("Location", first.header("Location"));
        assertThat(second.jsonPath().getMap("$")).isEqualTo(first.jsonPath().getMap("$"));
    }

    @Test
    void anotherBodyUnderTheSameKeyIsRefused() {
        post("{\"input\":\"once\"}");

        Response other = post("{\"input\":\"twice\"}");

        other.then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("code", equalTo("idempotency_mismatch"));
    }

    @Test
    void anErrorIsNotKept() {
        post("{\"input\":\" \"}").then().statusCode(422);

        Response corrected = post("{\"input\":\"now right\"}");

        corrected.then().statusCode(201);
    }

    private Response post(String body) {
        return RestAssured.given()
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body(body)
                .post("/task");
    }
}
