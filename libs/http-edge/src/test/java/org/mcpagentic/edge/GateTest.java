package org.mcpagentic.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.edge.access.RouteAudit;

@QuarkusTest
class GateTest {

    @Inject
    ProbeRoutes routes;

    @Test
    void servesAKnownRouteWithItsCallerAndSecurityHeaders() {
        RestAssured.given()
                .contentType(ContentType.JSON)
                .header("User-Agent", "probe")
                .body("{\"order_text\":\"tea\"}")
                .when()
                .post("/order")
                .then()
                .statusCode(200)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("X-Frame-Options", "DENY")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Permissions-Policy", containsString("camera=()"))
                .header("Strict-Transport-Security", (String) null)
                .header("Cache-Control", "no-store")
                .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                .body("text", org.hamcrest.Matchers.equalTo("tea"))
                .body("at", org.hamcrest.Matchers.equalTo("1970-01-01T00:00:00.001Z"))
                .body("took", org.hamcrest.Matchers.equalTo(1.013f))
                .body("$", org.hamcrest.Matchers.not(org.hamcrest.Matchers.hasKey("absent")))
                .body("caller.user_agent", org.hamcrest.Matchers.equalTo("probe"));
    }

    @Test
    void blockingResourcesGetTheBodyToo() {
        RestAssured.given()
                .contentType(ContentType.JSON)
                .body("{\"order_text\":\"tea\"}")
                .when()
                .post("/order/blocking")
                .then()
                .statusCode(200)
                .body("text", org.hamcrest.Matchers.equalTo("tea"));
    }

    @Test
    void auditFindsWhatTheTableAndTheResourcesDoNotShare() {
        RouteAudit audit = RouteAudit.of(routes);

        assertThat(audit.unlisted()).containsExactly("GET /unlisted");
        assertThat(audit.unserved()).containsExactly("GET /stale");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/unlisted",
                "/order/",
                "//order",
                "/order//x",
                "/order/../unlisted",
                "/./unlisted",
                "/%75nlisted",
                "/order/%2e%2e/unlisted",
                "/order%2fx",
                "/order/x;a=b",
                "/unlisted;",
                "/order/a%00b",
                "/q",
                "/q/../unlisted",
                "/q/health/../../unlisted",
                "/stale",
                "/nothing",
                "/order/a%2Fb",
                "/q/swagger-ui/../../unlisted",
                "/q/swagger-ui/..%2f..%2funlisted",
                "/order/..",
                "*"
            })
    void answersNotFoundForWhatNoRouteKnows(String target) throws IOException {
        String answer = raw("GET " + target + " HTTP/1.1", http().host());

        assertThat(answer)
                .startsWith("HTTP/1.1 404")
                .contains("\"code\":\"not_found\"")
                .doesNotContain("nobody");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/order/%zz", "/order/a\\b", "/order/x?limit=%zz", "/order/<x>"})
    void malformedTargetsAreRefusedBelowTheRouterAndWithoutADocument(String target) throws IOException {
        String answer = raw("GET " + target + " HTTP/1.1", http().host());

        assertThat(answer).startsWith("HTTP/1.1 400").contains("content-length: 0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE|/order/x|GET, HEAD, OPTIONS",
                "PUT|/order|POST, GET, HEAD, OPTIONS",
                "TRACE|/order|POST, GET, HEAD, OPTIONS",
                "POST|/q/health/live|GET, HEAD, OPTIONS"
            })
    void answersMethodNotAllowedWithAllow(String method, String path, String allow) throws IOException {
        String answer = raw(method + " " + path + " HTTP/1.1", http().host());

        assertThat(answer)
                .startsWith("HTTP/1.1 405")
                .containsIgnoringCase("allow: " + allow)
                .contains("\"code\":\"method_not_allowed\"");
    }

    @Test
    void answersOptionsWithAllowAndWithoutBody() {
        RestAssured.when().options("/order").then().statusCode(204).header("Allow", "POST, GET, HEAD, OPTIONS");
    }

    @Test
    void servesHeadWhereGetIs() {
        RestAssured.when().head("/order/x").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example",
                "Host: localhost.evil.example",
                "Host: localhost:8000@evil.example",
                "Host:",
                "Host: localhost:0",
                "Host: localhost:99999",
                "Host: localhost.",
                "Host: 127.0.0.2",
                "X-Other: none",
                "Host: localhost/",
                "Host: 10.1.2.3:8000"
            })
    void refusesForeignAndMalformedHosts(String header) throws IOException {
        String answer = raw("GET /order/x HTTP/1.1", header);

        assertThat(answer).startsWith("HTTP/1.1 400").contains("\"code\":\"bad_host\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: localhost", "Host: LOCALHOST:1", "Host: [::1]:8000", "Host: 127.0.0.1:8000"})
    void servesAllowedHostsOnAnyPort(String header) throws IOException {
        String answer = raw("GET /order/x HTTP/1.1", header);

        assertThat(answer).startsWith("HTTP/1.1 200");
    }

    @Test
    void refusesTwoHosts() throws IOException {
        String answer = raw("GET /order/x HTTP/1.1", http().host(), "Host: evil.example");

        assertThat(answer).startsWith("HTTP/1.1 400");
    }

    @Test
    void refusesAnAbsoluteTargetOnAnotherHost() throws IOException {
        String answer = raw("GET http://evil.example/order/x HTTP/1.1", http().host());

        assertThat(answer).startsWith("HTTP/1.1 400").contains("\"code\":\"bad_host\"");
    }

    @Test
    void servesAnAbsoluteTargetOnItsOwnHost() throws IOException {
        String answer = raw("GET http://localhost:" + RestAssured.port + "/order/x HTTP/1.1", http().host());

        assertThat(answer).startsWith("HTTP/1.1 200");
    }

    @Test
    void looksThroughAnAbsoluteTargetForUnknownPaths() throws IOException {
        String answer = raw("GET http://localhost:" + RestAssured.port + "/unlisted HTTP/1.1", http().host());

        assertThat(answer).startsWith("HTTP/1.1 404");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost.evil.example",
                "null",
                "http://evil.example",
                "https://localhost:1",
                "file://",
                "http://localhost",
                "http://127.0.0.1:1"
            })
    void refusesForeignOrigins(String origin) throws IOException {
        String answer = raw("GET /order/x HTTP/1.1", http().host(), "Origin: " + origin);

        assertThat(answer).startsWith("HTTP/1.1 403").contains("\"code\":\"bad_origin\"");
    }

    @Test
    void servesItsOwnOrigin() throws IOException {
        String answer = raw("GET /order/x HTTP/1.1", http().host(), "Origin: http://localhost:" + RestAssured.port);

        assertThat(answer).startsWith("HTTP/1.1 200");
    }

    @Test
    void refusesCrossSitePosts() throws IOException {
        String answer = raw("POST /order/x/run HTTP/1.1", http().host(), "Sec-Fetch-Site: cross-site");

        assertThat(answer).startsWith("HTTP/1.1 403").contains("\"code\":\"bad_origin\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/jsonx",
                "application/json; charset=latin1",
                "multipart/form-data; boundary=x",
                "application/json, text/plain"
            })
    void refusesBodiesThatAreNotJson(String type) throws IOException {
        String answer = post("/order", "Content-Type: " + type, "{\"order_text\":\"tea\"}");

        assertThat(answer).startsWith("HTTP/1.1 415").contains("\"code\":\"unsupported_media_type\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "Application/JSON;charset=UTF-8", "application/json ; charset=\"utf-8\""})
    void takesJsonHoweverItIsWritten(String type) throws IOException {
        String answer = post("/order", "Content-Type: " + type, "{\"order_text\":\"tea\"}");

        assertThat(answer).startsWith("HTTP/1.1 200");
    }

    @Test
    void takesAPostWithoutBody() throws IOException {
        String answer = raw("POST /order/x/run HTTP/1.1", http().host(), "Content-Length: 0");

        assertThat(answer).startsWith("HTTP/1.1 200").contains("\"id\":\"x\"");
    }

    @Test
    void takesABodyOfManyChunks() {
        String text = "x".repeat(50_000);

        RestAssured.given()
                .contentType("application/json")
                .body("{\"order_text\":\"" + text + "\"}")
                .when()
                .post("/order")
                .then()
                .statusCode(200)
                .body(containsString(text));
    }

    @Test
    void refusesADeclaredLengthOverTheLimitBeforeItComes() throws IOException {
        String answer = http().answer(
                        List.of(
                                "POST /order HTTP/1.1",
                                http().host(),
                                "Content-Type: application/json",
                                "Content-Length: 70000"),
                        "{\"order_text\":\"" + "x".repeat(70_000 - 17) + "\"}" + next());

        assertThat(answer)
                .startsWith("HTTP/1.1 413")
                .contains("\"code\":\"too_large\"")
                .contains("HTTP/1.1 200");
    }

    @Test
    void refusesChunkedBodiesOverTheLimitWithAnAnswer() throws IOException {
        String chunk = "2000\r\n" + "x".repeat(0x2000) + "\r\n";
        String answer = http().answer(
                        List.of(
                                "POST /order HTTP/1.1",
                                http().host(),
                                "Content-Type: application/json",
                                "Transfer-Encoding: chunked"),
                        chunk.repeat(100) + "0\r\n\r\n" + next());

        assertThat(answer)
                .startsWith("HTTP/1.1 413")
                .contains("\"code\":\"too_large\"")
                .contains("HTTP/1.1 200");
    }

    @Test
    void takesChunkedBodiesWithinTheLimit() throws IOException {
        String answer = http().answer(
                        List.of(
                                "POST /order HTTP/1.1",
                                http().host(),
                                "Content-Type: application/json",
                                "Transfer-Encoding: chunked",
                                "Connection: close"),
                        "11\r\n{\"order_text\":\"te\r\n3\r\na\"}\r\n0\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200").contains("\"text\":\"tea\"");
    }

    @Test
    void saysContinueOnceBeforeTheBody() throws IOException {
        String answer = http().answer(
                        List.of(
                                "POST /order HTTP/1.1",
                                http().host(),
                                "Content-Type: application/json",
                                "Expect: 100-continue",
                                "Content-Length: 21",
                                "Connection: close"),
                        "{\"order_text\":\"teas\"}");

        assertThat(answer.split("100 Continue", -1)).hasSize(2);
        assertThat(answer).contains("HTTP/1.1 200");
    }

    @Test
    void refusesLengthAndChunksTogetherOrServesOneRequestOnly() throws IOException {
        String answer = http().answer(
                        List.of(
                                "POST /order HTTP/1.1",
                                http().host(),
                                "Content-Type: application/json",
                                "Content-Length: 5",
                                "Transfer-Encoding: chunked",
                                "Connection: close"),
                        "0\r\n\r\nGET /unlisted HTTP/1.1\r\n" + http().host() + "\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("nobody");
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "has space in it", "semi;colon", "ümlaut-session"})
    void refusesMalformedSessionIds(String session) throws IOException {
        String answer = raw("GET /order/x HTTP/1.1", http().host(), "Session-Id: " + session);

        assertThat(answer).startsWith("HTTP/1.1 400").contains("\"code\":\"bad_header\"");
    }

    @Test
    void givesTheSameClientTheSameSession() {
        String first = sessionOf("one");
        String again = sessionOf("one");

        assertThat(again).isEqualTo(first).matches("d-[0-9a-f]{20}").isNotEqualTo(sessionOf("two"));
    }

    @Test
    void answersTooLongHeadsWithoutServingThem() throws IOException {
        String answer = raw("GET /order/x HTTP/1.1", http().host(), "X-Long: " + "x".repeat(20_000));

        assertThat(answer).startsWith("HTTP/1.1 431");
    }

    @Test
    void staysWithHttp1WhenAskedForHttp2() throws IOException {
        String answer =
                raw("GET /order/x HTTP/1.1", http().host(), "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA");

        assertThat(answer).startsWith("HTTP/1.1 200");
    }

    @Test
    void servesProbesOnAnyHost() throws IOException {
        String answer = raw("GET /q/health/live HTTP/1.1", "Host: 10.1.2.3:8000");

        assertThat(answer).startsWith("HTTP/1.1 200").contains("\"UP\"");
    }

    @Test
    void openRoutesKeepTheHeadersThatTheyDeclare() {
        RestAssured.when().get("/stale").then().header("Content-Security-Policy", "default-src 'self'");
    }

    private String sessionOf(String userAgent) {
        return RestAssured.given()
                .contentType(ContentType.JSON)
                .header("User-Agent", userAgent)
                .body("{\"order_text\":\"tea\"}")
                .post("/order")
                .path("caller.session.value");
    }

    private String post(String path, String contentType, String body) throws IOException {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return http().answer(
                        List.of(
                                "POST " + path + " HTTP/1.1",
                                http().host(),
                                contentType,
                                "Content-Length: " + length,
                                "Connection: close"),
                        body);
    }

    /** A second request on the same connection: it is answered only if the connection outlived the first. */
    private String next() {
        return "GET /order/x HTTP/1.1\r\n" + http().host() + "\r\nConnection: close\r\n\r\n";
    }

    private String raw(String... lines) throws IOException {
        List<String> head = new java.util.ArrayList<>(List.of(lines));
        head.add("Connection: close");
        return http().answer(head, "");
    }

    private RawHttp http() {
        return new RawHttp(RestAssured.port);
    }
}
