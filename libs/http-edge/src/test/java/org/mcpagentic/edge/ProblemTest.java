package org.mcpagentic.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ProblemTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{", "{\"order_text\":}", "{\"order_text\":\"a\",\"order_text\":\"b\"}", "{\"order_text\":\"a\"} x",
                "{\"order_text\":\"a\"}{}", "{'order_text':'a'}", "{\"order_text\":\"a\",}", "{\"order_text\":\"\\x\"}",
                "{\"count\":NaN}", "tea", "{\"order_text\":\"a\nb\"}"
            })
    void malformedJson(String body) {
        refused(body, 400, "malformed_json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"items\":", "{\"order_text\":\"a\",\"x\":"})
    void deepJson(String before) throws IOException {
        long start = System.nanoTime();
        String answer = refusedRaw(before + "[".repeat(10_000) + "]".repeat(10_000) + "}");

        assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void numbersOfManyDigits() throws IOException {
        String answer = refusedRaw("{\"order_text\":\"a\",\"count\":" + "9".repeat(20_000) + "}");

        assertThat(answer).startsWith("HTTP/1.1 400").contains("\"code\":\"malformed_json\"");
    }

    @Test
    void numbersThatAreOutOfRange() {
        refused("{\"order_text\":\"a\",\"count\":99999999999}", 400, "wrong_type")
                .body("errors[0].field", equalTo("count"));
    }

    @Test
    void bytesThatAreNotUtf8() {
        byte[] body = "{\"order_text\":\"ÿ\"}".getBytes(StandardCharsets.ISO_8859_1);

        RestAssured.given()
                .header("Content-Type", "application/json")
                .body(body)
                .when()
                .post("/order")
                .then()
                .statusCode(400)
                .body("code", equalTo("malformed_json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "[]", "\"x\"", "5", "true"})
    void bodiesThatAreNoObject(String body) {
        refused(body, 400, "wrong_type");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "{\"order_text\":5}|order_text",
                "{\"order_text\":true}|order_text",
                "{\"order_text\":[\"a\"]}|order_text",
                "{\"order_text\":{}}|order_text",
                "{\"count\":\"5\"}|count",
                "{\"count\":5.5}|count",
                "{\"count\":99999999999}|count",
                "{\"count\":true}|count",
                "{\"count\":\"\"}|count",
                "{\"gift\":\"true\"}|gift",
                "{\"gift\":1}|gift",
                "{\"level\":\"MIDDLE\"}|level",
                "{\"level\":0}|level",
                "{\"items\":{}}|items",
                "{\"items\":[{\"item_name\":5}]}|items[0].item_name",
                "{\"items\":[5]}|items[0]",
                "{\"items\":\"\"}|items",
                "{\"labels\":[]}|labels",
                "{\"labels\":{\"a\":5}}|labels.a",
                "{\"patience\":\"5\"}|patience",
                "{\"patience\":-1}|patience",
                "{\"patience\":1e999999}|patience",
                "{\"due\":5}|due",
                "{\"due\":\"tomorrow\"}|due",
                "{\"order_text\":\"\\ud800\"}|order_text"
            })
    void valuesOfAWrongType(String body, String field) {
        refused(body, 400, "wrong_type").body("errors[0].field", equalTo(field));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "{\"order_text\":\"a\",\"orderText\":\"a\"}|orderText",
                "{\"order_text\":\"a\",\"items\":[{\"item_name\":\"a\",\"x\":1}]}|items[0].x"
            })
    void unknownFields(String body, String field) {
        refused(body, 400, "unknown_field").body("errors[0].field", equalTo(field));
    }

    @Test
    void violatedConstraintsNameTheFieldsAsTheClientWroteThem() {
        refused("{\"order_text\":\" \",\"items\":[{\"item_name\":\"ok\"},{\"item_name\":\"long\"}]}", 422, "invalid")
                .body("errors[0].field", equalTo("items[1].item_name"))
                .body("errors[1].field", equalTo("order_text"));
    }

    @Test
    void violatedParametersAreNamed() {
        RestAssured.when()
                .get("/order?limit=201")
                .then()
                .statusCode(422)
                .body("code", equalTo("invalid"))
                .body("errors[0].field", equalTo("limit"));
    }

    @Test
    void parametersOfAWrongType() {
        RestAssured.when().get("/order?limit=many").then().statusCode(400).body("code", equalTo("bad_parameter"));
    }

    @Test
    void mediaTypesThatAreNotToBeHad() {
        RestAssured.given()
                .accept("text/csv")
                .when()
                .get("/order?limit=2")
                .then()
                .statusCode(406)
                .contentType("application/problem+json")
                .body("code", equalTo("not_acceptable"));
    }

    @Test
    void problemsOfResources() {
        RestAssured.when()
                .get("/fail/problem")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:problem:invalid"))
                .body("title", equalTo("Unprocessable Content"))
                .body("status", equalTo(422))
                .body("detail", equalTo("\"tools[0]\" is not a tool"))
                .body("errors[0].message", equalTo("is not a tool"))
                .body("$", not(hasKey("instance")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "error"})
    void whatNobodyForesawIsToldWithoutItsCause(String how) {
        String body = RestAssured.when()
                .get("/fail/" + how)
                .then()
                .statusCode(500)
                .contentType("application/problem+json")
                .header("X-Content-Type-Options", "nosniff")
                .body("code", equalTo("internal"))
                .body("instance", matchesPattern("urn:uuid:[0-9a-f-]{36}"))
                .extract()
                .asString();

        assertThat(body).doesNotContain("hunter2", "Exception", "org.", "java.", "deep inside");
    }

    @ParameterizedTest
    @CsvSource({
        "TASK_NOT_FOUND,404,not_found",
        "RESPONSE_NOT_FOUND,404,not_found",
        "ILLEGAL_TRANSITION,409,illegal_transition",
        "STEP_SETTLED,409,step_settled",
        "APPROVAL_NOT_FOUND,404,not_found",
        "APPROVAL_CHANGED,412,precondition_failed",
        "APPROVAL_DECIDED,409,approval_decided",
        "TASK_PURGED,410,task_purged",
        "IDEMPOTENCY_MISMATCH,422,idempotency_mismatch",
        "IDEMPOTENCY_IN_FLIGHT,409,idempotency_in_flight",
        "STALE_CLAIM,500,internal",
        "JOURNAL_FULL,500,internal",
        "MEMORY_FULL,500,internal"
    })
    void refusalsOfTheStore(String how, int status, String code) {
        RestAssured.when().get("/fail/" + how).then().statusCode(status).body("code", equalTo(code));
    }

    @ParameterizedTest
    @CsvSource({"GUARD_REFUSED,429,rate_limited", "STORE_FULL,503,store_full", "STORE_UNAVAILABLE,503,store_unavailable"
    })
    void refusalsThatPassSayWhenToTryAgain(String how, int status, String code) {
        String body = RestAssured.when()
                .get("/fail/" + how)
                .then()
                .statusCode(status)
                .header("Retry-After", "2")
                .body("code", equalTo(code))
                .extract()
                .asString();

        assertThat(body).doesNotContain("10.0.0.1");
    }

    /** Past the test client, whose own work on such bodies takes many seconds. */
    private static String refusedRaw(String body) throws IOException {
        RawHttp http = new RawHttp(RestAssured.port);
        return http.answer(
                List.of(
                        "POST /order HTTP/1.1",
                        http.host(),
                        "Content-Type: application/json",
                        "Content-Length: " + body.length(),
                        "Connection: close"),
                body);
    }

    private static ValidatableResponse refused(String body, int status, String code) {
        return refused(body, status).body("code", equalTo(code));
    }

    private static ValidatableResponse refused(String body, int status) {
        ValidatableResponse response = RestAssured.given()
                .contentType(ContentType.JSON)
                .body(body)
                .when()
                .post("/order")
                .then()
                .statusCode(status)
                .contentType("application/problem+json");
        assertThat(response.extract().asString()).doesNotContain("org.mcpagentic", "java.", "jackson", "StreamRead");
        return response;
    }
}
