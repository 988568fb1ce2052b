package org.mcpagentic.publicmcp.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mcpagentic.testsupport.Refusals.post;
import static org.mcpagentic.testsupport.Refusals.refused;
import static org.mcpagentic.testsupport.Refusals.request;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.testsupport.RedisOfTests;
import org.mcpagentic.testsupport.Refusals;

/** Requests that are wrong, each with the problem that says so; as a whole and as a stream alike. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
@Timeout(60)
class BadInputTest {

    private static final int LONGEST = 262_144;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "{|400|malformed_json",
                "{\"query\":\"a\"} x|400|malformed_json",
                "{\"query\":\"a\",\"query\":\"b\"}|400|malformed_json",
                "not json|400|malformed_json",
                "|400|wrong_type",
                "null|400|wrong_type",
                "[]|400|wrong_type",
                "{\"query\":5}|400|wrong_type",
                "{\"query\":[]}|400|wrong_type",
                "{\"query\":\"\\ud800\"}|400|wrong_type",
                "{\"query\":\"a\",\"x\":1}|400|unknown_field",
                "{\"Query\":\"a\"}|400|unknown_field",
                "{\"query\":\"a\\u0000b\"}|422|invalid",
                "{\"query\":\"a\",\"model\":\"off\\u200bline\"}|422|invalid",
                "{}|422|invalid",
                "{\"query\":null}|422|invalid",
                "{\"query\":\"\"}|422|invalid",
                "{\"query\":\" \\n\\t \"}|422|invalid"
            })
    void wrongBodies(String body, int status, String code) {
        String sent = body == null ? "" : body;
        refused(post("/ask", sent), status, code);
        refused(post("/ask", sent).header("Accept", "text/event-stream"), status, code);
    }

    @Test
    void theLongestQueryIsTakenAndOneMoreCharacterIsNot() {
        HttpResponse<String> longest = Refusals.send(post("/ask", "{\"query\":\"" + "a".repeat(LONGEST) + "\"}"));
        assertThat(longest.statusCode()).as(longest.body()).isEqualTo(200);
        refused(post("/ask", "{\"query\":\"" + "a".repeat(LONGEST + 1) + "\"}"), 422, "invalid");
    }

    @Test
    void aBodyOverTheLimit() {
        refused(post("/ask", "{\"query\":\"" + "a".repeat(1_048_576) + "\"}"), 413, "too_large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"query\":", "{\"x\":"})
    void jsonThatIsTenThousandDeep(String before) {
        HttpResponse<String> answer = Refusals.send(post("/ask", before + "[".repeat(10_000) + "]".repeat(10_000)));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/ask,'POST, OPTIONS'",
        "DELETE,/response/r0-00000000000000000000000000,'GET, HEAD, OPTIONS'",
        "POST,/stats,'GET, HEAD, OPTIONS'"
    })
    void methodsThatAPathDoesNotHave(String method, String path, String allow) {
        HttpResponse<String> answer =
                refused(request(path).method(method, BodyPublishers.noBody()), 405, "method_not_allowed");

        assertThat(answer.headers().firstValue("Allow")).contains(allow);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16"})
    void mediaTypesThatAreNotJson(String type) {
        refused(
                request("/ask").header("Content-Type", type).POST(BodyPublishers.ofString("{\"query\":\"a\"}")),
                415,
                "unsupported_media_type");
    }

    @Test
    void mediaTypesThatAreNotToBeHad() {
        refused(post("/ask", "{\"query\":\"a\"}").header("Accept", "text/csv"), 406, "not_acceptable");
        refused(request("/stats").header("Accept", "text/csv"), 406, "not_acceptable");
        refused(request("/response/r0-00000000000000000000000000").header("Accept", "text/csv"), 406, "not_acceptable");
    }

    @ParameterizedTest
    @CsvSource({"Idempotency-Key,' '", "Session-Id,short", "Session-Id,has spaces in it"})
    void badHeaders(String name, String value) {
        refused(post("/ask", "{\"query\":\"a\"}").header(name, value), 400, "bad_header");
    }

    @Test
    void headersThatAreThereTwiceOrTooLong() {
        refused(
                post("/ask", "{\"query\":\"a\"}").header("Idempotency-Key", "a").header("Idempotency-Key", "b"),
                400,
                "bad_header");
        refused(post("/ask", "{\"query\":\"a\"}").header("Idempotency-Key", "k".repeat(129)), 400, "bad_header");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/questions", "/ask/", "/response", "/response/", "/response/a/b", "/response/%00"})
    void pathsThatThereAreNot(String path) {
        refused(request(path), 404, "not_found");
    }
}
