package org.mcpagentic.custommcp.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mcpagentic.testsupport.Refusals.post;
import static org.mcpagentic.testsupport.Refusals.refused;
import static org.mcpagentic.testsupport.Refusals.request;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.custommcp.support.Tasks;
import org.mcpagentic.testsupport.RedisOfTests;
import org.mcpagentic.testsupport.Refusals;

/** Requests that are wrong, each with the problem that says so. */
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
                "{\"input\":\"a\"} x|400|malformed_json",
                "{\"input\":\"a\",\"input\":\"b\"}|400|malformed_json",
                "{'input':'a'}|400|malformed_json",
                "not json|400|malformed_json",
                "null|400|wrong_type",
                "[]|400|wrong_type",
                "\"a\"|400|wrong_type",
                "{\"input\":5}|400|wrong_type",
                "{\"input\":{}}|400|wrong_type",
                "{\"input\":\"\\ud800\"}|400|wrong_type",
                "{\"input\":\"a\",\"tools\":\"calculator\"}|400|wrong_type",
                "{\"input\":\"a\",\"tools\":[5]}|400|wrong_type",
                "{\"input\":\"a\",\"tools\":{}}|400|wrong_type",
                "{\"input\":\"a\",\"priority\":1}|400|wrong_type",
                "{\"input\":\"a\",\"labels\":[]}|400|wrong_type",
                "{\"input\":\"a\",\"labels\":{\"a\":1}}|400|wrong_type",
                "{\"input\":\"a\",\"labels\":{\"a\":\"\\udc00\"}}|400|wrong_type",
                "{\"input\":\"a\",\"x\":1}|400|unknown_field",
                "{\"input\":\"a\\u0000b\"}|422|invalid",
                "{\"input\":\"a\\u001b[31m\"}|422|invalid",
                "{\"input\":\"a\",\"tools\":[\"calcu\\u200blator\"]}|422|invalid",
                "{\"input\":\"a\",\"model\":\"off\\u202eline\"}|422|invalid",
                "{\"input\":\"a\",\"labels\":{\"k\":\"\\u009b\"}}|422|invalid",
                "{\"input\":\"a\",\"status\":\"succeeded\"}|400|unknown_field",
                "{\"Input\":\"a\"}|400|unknown_field",
                "{}|422|invalid",
                "{\"input\":null}|422|invalid",
                "{\"input\":\"\"}|422|invalid",
                "{\"input\":\" \\n\\t \"}|422|invalid",
                "{\"input\":\"a\",\"tools\":[null]}|422|invalid",
                "{\"input\":\"a\",\"tools\":[\"\"]}|422|invalid",
                "{\"input\":\"a\",\"priority\":\"urgent\"}|422|invalid",
                "{\"input\":\"a\",\"priority\":\"High\"}|422|invalid",
                "{\"input\":\"a\",\"labels\":{\"a b\":\"c\"}}|422|invalid",
                "{\"input\":\"a\",\"labels\":{\"\":\"c\"}}|422|invalid",
                "{\"input\":\"a\",\"labels\":{\"a\":null}}|422|invalid",
                "{\"input\":\"a\",\"timeout\":\"5\"}|400|wrong_type",
                "{\"input\":\"a\",\"timeout\":true}|400|wrong_type",
                "{\"input\":\"a\",\"timeout\":0}|422|invalid",
                "{\"input\":\"a\",\"timeout\":-1}|422|invalid",
                "{\"input\":\"a\",\"timeout\":0.0009}|422|invalid",
                "{\"input\":\"a\",\"timeout\":2592000.001}|422|invalid",
                "{\"input\":\"a\",\"timeout\":1e999999}|422|invalid",
                "{\"input\":\"a\",\"tools\":[\"calcualtor\"]}|422|unknown_tool",
                "{\"input\":\"a\",\"tools\":[\"\\u0000\"]}|422|invalid"
            })
    void wrongBodies(String body, int status, String code) {
        refused(post("/task", body), status, code);
    }

    @Test
    void anEmptyBody() {
        refused(post("/task", ""), 400, "wrong_type");
    }

    @Test
    void theFieldsAtFaultAreNamed() {
        HttpResponse<String> answer = refused(
                post(
                        "/task",
                        "{\"input\":\" \",\"tools\":[\"a\",\"\"],\"labels\":{\"k\":\"" + "v".repeat(257) + "\"}}"),
                422,
                "invalid");

        assertThat(JsonPath.from(answer.body()).getList("errors.field", String.class))
                .contains("input", "tools[1]")
                .anyMatch(field -> field.startsWith("labels"));
    }

    @Test
    void everyUnknownToolIsNamed() {
        HttpResponse<String> answer =
                refused(post("/task", "{\"input\":\"a\",\"tools\":[\"x\",\"calculator\",\"y\"]}"), 422, "unknown_tool");

        assertThat(JsonPath.from(answer.body()).getList("errors.field")).containsExactly("tools[0]", "tools[2]");
    }

    @Test
    void theLongestInputIsTakenAndOneMoreCharacterIsNot() {
        HttpResponse<String> longest = Refusals.send(post("/task", "{\"input\":\"" + "a".repeat(LONGEST) + "\"}"));
        assertThat(longest.statusCode()).as(longest.headers() + longest.body()).isEqualTo(201);
        refused(post("/task", "{\"input\":\"" + "a".repeat(LONGEST + 1) + "\"}"), 422, "invalid");
    }

    @Test
    void aBodyOverTheLimit() {
        refused(post("/task", "{\"input\":\"" + "a".repeat(1_048_576) + "\"}"), 413, "too_large");
    }

    @Test
    void aRefusedBodyLeavesItsConnectionUsable() throws IOException {
        String host = "\r\nHost: localhost:" + RestAssured.port + "\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.getOutputStream()
                    .write(("POST /task HTTP/1.1" + host
                                    + "Content-Type: application/json\r\nContent-Length: 2000000\r\n\r\n"
                                    + "a".repeat(2_000_000)
                                    + "GET /tool HTTP/1.1" + host + "Connection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));

            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answers).startsWith("HTTP/1.1 413").contains("HTTP/1.1 200");
        }
    }

    @Test
    void moreToolsAndLabelsThanThereMayBe() {
        refused(post("/task", "{\"input\":\"a\",\"tools\":[\"x\"" + ",\"x\"".repeat(64) + "]}"), 422, "invalid");
        StringBuilder labels = new StringBuilder("\"l\":\"\"");
        for (int i = 0; i < 32; i++) {
            labels.append(",\"l").append(i).append("\":\"\"");
        }
        refused(post("/task", "{\"input\":\"a\",\"labels\":{" + labels + "}}"), 422, "invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"input\":", "{\"input\":\"a\",\"labels\":", "{\"x\":"})
    void jsonThatIsTenThousandDeep(String before) {
        HttpResponse<String> answer = Refusals.send(post("/task", before + "[".repeat(10_000) + "]".repeat(10_000)));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE,/task,'GET, HEAD, POST, OPTIONS'",
        "PUT,/task,'GET, HEAD, POST, OPTIONS'",
        "PATCH,/task/t0-00000000000000000000000000,'GET, HEAD, OPTIONS'",
        "GET,/task/t0-00000000000000000000000000/run,'POST, OPTIONS'",
        "GET,/task/t0-00000000000000000000000000/cancel,'POST, OPTIONS'",
        "GET,/task/t0-00000000000000000000000000/retry,'POST, OPTIONS'",
        "GET,/task/t0-00000000000000000000000000/step/2/resolve,'POST, OPTIONS'",
        "POST,/dead-letter,'GET, HEAD, OPTIONS'",
        "POST,/task/t0-00000000000000000000000000/events,'GET, HEAD, OPTIONS'",
        "POST,/tool,'GET, HEAD, OPTIONS'",
        "DELETE,/stats,'GET, HEAD, OPTIONS'"
    })
    void methodsThatAPathDoesNotHave(String method, String path, String allow) {
        HttpResponse<String> answer =
                refused(request(path).method(method, BodyPublishers.noBody()), 405, "method_not_allowed");

        assertThat(answer.headers().firstValue("Allow").orElse("").split(", "))
                .containsExactlyInAnyOrder(allow.split(", "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16", "json"})
    void mediaTypesThatAreNotJson(String type) {
        refused(
                request("/task").header("Content-Type", type).POST(BodyPublishers.ofString("{\"input\":\"a\"}")),
                415,
                "unsupported_media_type");
    }

    @ParameterizedTest
    @CsvSource({"/task", "/tool", "/stats", "/task/t0-00000000000000000000000000"})
    void mediaTypesThatAreNotToBeHad(String path) {
        refused(request(path).header("Accept", "text/csv"), 406, "not_acceptable");
    }

    @ParameterizedTest
    @CsvSource({
        "Idempotency-Key,' '",
        "Session-Id,short",
        "Session-Id,has spaces in it",
        "Session-Id,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    })
    void badHeaders(String name, String value) {
        refused(post("/task", "{\"input\":\"a\"}").header(name, value), 400, "bad_header");
    }

    @Test
    void headersThatAreThereTwiceOrTooLong() {
        refused(
                post("/task", "{\"input\":\"a\"}")
                        .header("Idempotency-Key", "a")
                        .header("Idempotency-Key", "b"),
                400,
                "bad_header");
        refused(post("/task", "{\"input\":\"a\"}").header("Idempotency-Key", "k".repeat(129)), 400, "bad_header");
        refused(request("/stats").header("Session-Id", "aaaaaaaa").header("Session-Id", "bbbbbbbb"), 400, "bad_header");
    }

    @ParameterizedTest
    @ValueSource(strings = {"two", "-1", "1.5", "9999999999999999999", " "})
    void aLastEventThatIsNoNumber(String last) {
        refused(request("/task/" + Tasks.create("hello") + "/events").header("Last-Event-ID", last), 400, "bad_header");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/tasks", "/task/", "/task//run", "/task/a/b/c", "/task/%00", "/task/..;/stats", "/q"})
    void pathsThatThereAreNot(String path) {
        refused(request(path), 404, "not_found");
    }

    @Test
    void aBodyWhereThereIsNone() {
        String id = Tasks.create("What is 6 * 7?", "calculator");

        HttpResponse<String> answer = Refusals.send(post("/task/" + id + "/run", "{\"input\":\"other\"}"));

        assertThat(answer.statusCode()).isEqualTo(200);
    }
}
