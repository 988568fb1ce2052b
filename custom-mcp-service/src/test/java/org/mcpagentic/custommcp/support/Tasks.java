package org.mcpagentic.custommcp.support;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.mcpagentic.testsupport.Until;

/** The steps that tests take over HTTP, written as words. */
public final class Tasks {

    private Tasks() {}

    /** Creates a task and returns its id. */
    public static String create(String input, String... tools) {
        return post(Map.of("input", input, "tools", List.of(tools)))
                .then()
                .statusCode(201)
                .extract()
                .path("task_id");
    }

    public static Response post(Object body) {
        return RestAssured.given().contentType(ContentType.JSON).body(body).post("/task");
    }

    /** Queues a task without waiting for its end. */
    public static void queue(String id) {
        RestAssured.given()
                .header("Prefer", "respond-async")
                .post("/task/{id}/run", id)
                .then()
                .statusCode(202);
    }

    /** Runs a task to its end. */
    public static JsonPath run(String id) {
        return RestAssured.post("/task/{id}/run", id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** Waits for the end of a task that is being cancelled. */
    public static void awaitCancelled(String id) {
        Until.holds("cancelled", Duration.ofSeconds(10), () -> status(id).equals("cancelled"));
    }

    public static Response cancel(String id) {
        return RestAssured.post("/task/{id}/cancel", id);
    }

    public static JsonPath read(String id) {
        return RestAssured.get("/task/{id}", id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    public static String status(String id) {
        return read(id).getString("status");
    }

    public static JsonPath statistics() {
        return RestAssured.get("/stats").then().statusCode(200).extract().jsonPath();
    }
}
