package org.mcpagentic.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EventStreamTest {

    @BeforeEach
    void forgetEarlierStreams() {
        ProbeResource.cancelled = new CompletableFuture<>();
    }

    @Test
    void sendsEventsAndEnds() {
        String body = RestAssured.given()
                .accept("text/event-stream")
                .when()
                .get("/events/three")
                .then()
                .statusCode(200)
                .contentType("text/event-stream")
                .header("X-Accel-Buffering", "no")
                .header("Cache-Control", "no-store")
                .extract()
                .asString();

        assertThat(body)
                .startsWith(":\n\n")
                .contains("id: 1\nevent: probe.counted\ndata: {", "id: 2\n", "id: 3\n", "\"text\":\"a\\nb\"")
                .endsWith("}\n\n");
    }

    @Test
    void resumesBehindTheLastEvent() {
        String body = RestAssured.given()
                .header("Last-Event-ID", "2")
                .get("/events/three")
                .asString();

        assertThat(body).contains("id: 3\n").doesNotContain("id: 2\n");
    }

    @Test
    void refusesAMalformedLastEvent() {
        RestAssured.given()
                .header("Last-Event-ID", "two")
                .when()
                .get("/events/three")
                .then()
                .statusCode(400);
    }

    @Test
    void aFailureBeforeTheStartIsAnOrdinaryProblem() {
        RestAssured.given()
                .accept("text/event-stream")
                .when()
                .get("/events/missing")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }

    @Test
    void aFailureAfterTheStartIsAnEventAndANormalEnd() {
        String body = RestAssured.get("/events/broken").asString();

        assertThat(body)
                .contains("id: 1\n")
                .contains("event: error\ndata: {\"type\":\"urn:problem:internal\"")
                .doesNotContain("hunter2")
                .endsWith("}\n\n");
    }

    @Test
    void anEndedStreamIsAnsweredWithoutContent() {
        RestAssured.given()
                .accept("text/event-stream")
                .when()
                .get("/events/over")
                .then()
                .statusCode(204);
    }

    @Test
    void headIsAnsweredWithoutStreaming() {
        RestAssured.when().head("/events/endless").then().statusCode(200).contentType("text/event-stream");
    }

    @Test
    void aClientThatGoesAwayCancelsTheSource() throws Exception {
        RawHttp http = new RawHttp(RestAssured.port);
        try (Socket socket = http.open()) {
            ask(http, socket, "/events/endless");
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(lines.lines().anyMatch("id: 1"::equals)).isTrue();
        }

        assertThat(ProbeResource.cancelled.get(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aClientThatDoesNotReadLosesItsStreamAndFillsNoMemory() throws Exception {
        RawHttp http = new RawHttp(RestAssured.port);
        try (Socket socket = http.open()) {
            ask(http, socket, "/events/flood");

            assertThat(ProbeResource.cancelled.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void ask(RawHttp http, Socket socket, String path) throws IOException {
        String head = "GET " + path + " HTTP/1.1\r\n" + http.host() + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }
}
