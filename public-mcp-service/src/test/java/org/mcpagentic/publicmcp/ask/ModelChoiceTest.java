package org.mcpagentic.publicmcp.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mcpagentic.testsupport.RedisOfTests;

/** Naming the model of a question. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
class ModelChoiceTest {

    @Test
    void theModelsAreListed() {
        RestAssured.when()
                .get("/model")
                .then()
                .statusCode(200)
                .body("items.name", hasItems("gemini-3.8-flash", "offline", "openai"));
    }

    @Test
    void aQuestionMayNameItsModel() {
        RestAssured.given()
                .contentType(ContentType.JSON)
                .body(Map.of("query", "What can you do?", "model", "offline"))
                .post("/ask")
                .then()
                .statusCode(200)
                .body("model_used", equalTo("offline"));
    }

    @Test
    void aModelThatCannotBeAskedIsRefusedWithTheListAndNothingIsCounted() {
        int before = processed();

        RestAssured.given()
                .contentType(ContentType.JSON)
                .body(Map.of("query", "hello", "model", "gpt-9"))
                .post("/ask")
                .then()
                .statusCode(422)
                .body("code", equalTo("unknown_model"))
                .body("detail", containsString("there is: offline"));

        assertThat(processed()).isEqualTo(before);
    }

    private static int processed() {
        return RestAssured.when().get("/stats").then().extract().path("queries_processed");
    }
}
