package org.mcpagentic.publicmcp.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.mcpagentic.store.Idempotency;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.Question;
import org.mcpagentic.store.QuestionLedger;
import org.mcpagentic.store.QuestionLedger.Admission;
import org.mcpagentic.store.QuestionLedger.Answered;
import org.mcpagentic.store.ResponseId;
import org.mcpagentic.store.SessionId;
import org.mcpagentic.store.TenantId;
import org.mcpagentic.testsupport.RedisOfTests;

/** Naming the model of a question. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
class ModelChoiceTest {

    @Inject
    QuestionLedger ledger;

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

    @Test
    void aReplayIsAnsweredAlsoWhereItsModelIsGoneSince() {
        String key = UUID.randomUUID().toString();
        String body = "{\"query\":\"hello\",\"model\":\"of-last-week\"}";
        String first = answeredBefore(key, body);

        Response second = ask(key, body);

        second.then()
                .statusCode(200)
                .header("Idempotency-Replayed", "true")
                .body("response_id", equalTo(first))
                .body("model_used", equalTo("of-last-week"));
    }

    @Test
    void aModelThatCannotBeAskedLeavesTheKeyFree() {
        String key = UUID.randomUUID().toString();
        ask(key, "{\"query\":\"hello\",\"model\":\"gpt-9\"}")
                .then()
                .statusCode(422)
                .body("code", equalTo("unknown_model"));

        Response corrected = ask(key, "{\"query\":\"hello\",\"model\":\"offline\"}");

        corrected.then().statusCode(200).header("Idempotency-Replayed", nullValue());
    }

    /** What a service did whose catalogue had the model. */
    private String answeredBefore(String key, String body) {
        Question question = new Question(
                TenantId.DEFAULT,
                new OwnerId("local"),
                new SessionId("last-week"),
                "",
                Optional.of(new Idempotency("POST /ask " + key, sha256("POST /ask\n" + body))),
                List.of());
        Duration patience = Duration.ofSeconds(5);
        ResponseId id = ((Admission.Admitted) ledger.admit(question).await().atMost(patience)).id();
        ledger.settle(id, question, new Answered("hello", "good day", "of-last-week", 1, 2, 0), List.of())
                .await()
                .atMost(patience);
        return id.value();
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Response ask(String key, String body) {
        return RestAssured.given()
                .header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/ask");
    }

    private static int processed() {
        return RestAssured.when().get("/stats").then().extract().path("queries_processed");
    }
}
