package org.mcpagentic.custommcp.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mcpagentic.custommcp.support.AccessOn;
import org.mcpagentic.custommcp.support.PostNoteTool;
import org.mcpagentic.testsupport.RedisOfTests;

/** Tools that are called over HTTP, without a task. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
@TestProfile(AccessOn.class)
@Timeout(60)
class ToolCallResourceTest {

    @Inject
    PostNoteTool notes;

    @Test
    void returnsWhatTheToolDoes() {
        call("calculator", "{\"arguments\":{\"expression\":\"6 * 7\"}}")
                .statusCode(200)
                .body("result", containsString("42"))
                .body("failed", equalTo(false))
                .body("truncated", equalTo(false));
    }

    @Test
    void whatTheToolCannotDoIsAFailedResult() {
        call("calculator", "{\"arguments\":{\"expression\":\"1 / 0\"}}")
                .statusCode(200)
                .body("failed", equalTo(true))
                .body("result", not(emptyString()));
        call("calculator", "{\"arguments\":{\"expression\":7}}")
                .statusCode(200)
                .body("failed", equalTo(true))
                .body("result", containsString("expression"));
    }

    @Test
    void aToolThatThereIsNotIsUnknown() {
        call("crystal_ball", "{\"arguments\":{}}").statusCode(404).body("code", equalTo("not_found"));
    }

    @Test
    void aToolThatTheCallerMayNotUseIsForbidden() {
        AccessOn.as(AccessOn.key("default", "tools:calculator"))
                .body("{\"arguments\":{}}")
                .post("/tool/{name}/call", "encoding")
                .then()
                .statusCode(403)
                .body("code", equalTo("tool_forbidden"));
    }

    @Test
    void whatAPersonHasToApproveIsNotDone() {
        String note = "ask " + UUID.randomUUID();

        call("post_note", Map.of("arguments", Map.of("text", note)))
                .statusCode(200)
                .body("failed", equalTo(true))
                .body("result", containsString("a person has to approve calls of post_note"));

        assertThat(notes.texts()).doesNotContain(note);
    }

    @Test
    void whatThePolicyDeniesIsNotDone() {
        String note = "never " + UUID.randomUUID();

        call("post_note", Map.of("arguments", Map.of("text", note)))
                .statusCode(200)
                .body("failed", equalTo(true))
                .body("result", containsString("nobody says never"));

        assertThat(notes.texts()).doesNotContain(note);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{|400|malformed_json",
                "{\"arguments\":[1]}|400|wrong_type",
                "{\"arguments\":{},\"more\":1}|400|unknown_field",
                "{}|422|invalid",
                "{\"arguments\":null}|422|invalid",
            })
    void aBodyThatMakesNoSenseIsRefused(String body, int status, String code) {
        call("calculator", body).statusCode(status).body("code", equalTo(code));
    }

    @Test
    void aBodyHasToBeThere() {
        AccessOn.first()
                .post("/tool/{name}/call", "calculator")
                .then()
                .statusCode(not(equalTo(500)))
                .statusCode(not(equalTo(200)));
    }

    private static ValidatableResponse call(String tool, Object body) {
        return AccessOn.first().body(body).post("/tool/{name}/call", tool).then();
    }
}
