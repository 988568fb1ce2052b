package org.mcpagentic.custommcp.tasks;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.custommcp.support.Tasks;
import org.mcpagentic.testsupport.RedisOfTests;

/** Naming the model of a task. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
class ModelChoiceTest {

    @Test
    void theModelsAreListedAndSayWhatTheyLack() {
        RestAssured.when()
                .get("/model")
                .then()
                .statusCode(200)
                .body("items.name", hasItems("gemini-3.8-flash", "offline", "openai"))
                .body("items.find { it.name == 'offline' }.chosen", equalTo(true))
                .body("items.find { it.name == 'offline' }.available", equalTo(true))
                .body("items.find { it.name == 'gemini-3.8-flash' }.available", equalTo(false))
                .body(
                        "items.find { it.name == 'gemini-3.8-flash' }.unavailable_reason",
                        containsString("GEMINI_API_KEY"))
                .body("items.find { it.name == 'gemini-3.8-flash' }.price.output", equalTo(3.75f))
                .body("items.find { it.name == 'gemini-3.8-flash' }.context_tokens", equalTo(1_048_576));
    }

    @Test
    void aTaskMayNameItsModel() {
        String id = Tasks.post(Map.of("input", "hello", "model", "offline"))
                .then()
                .statusCode(201)
                .body("model", equalTo("offline"))
                .extract()
                .path("task_id");

        Tasks.run(id);

        RestAssured.when().get("/task/" + id).then().body("steps[0].model_used", equalTo("offline"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-model", "gemini-3.8-flash", "openai"})
    void aModelThatCannotBeAskedIsRefusedWithTheList(String name) {
        Tasks.post(Map.of("input", "hello", "model", name))
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("code", equalTo("unknown_model"))
                .body("detail", containsString("there is: offline"))
                .body("errors.field", hasItem("model"));
    }

    @Test
    void aModelsNameHasABound() {
        Tasks.post(Map.of("input", "hello", "model", "m".repeat(65)))
                .then()
                .statusCode(422)
                .body("code", equalTo("invalid"))
                .body("detail", not(containsString("mmmm")));
    }
}
