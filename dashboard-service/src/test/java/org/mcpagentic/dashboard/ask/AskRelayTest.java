package org.mcpagentic.dashboard.ask;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.mcpagentic.dashboard.EventReader.eventually;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.dashboard.StubServices;

@QuarkusTest
@QuarkusTestResource(StubServices.class)
class AskRelayTest {
    @BeforeEach
    void forget() {
        StubServices.forget();
    }

    @Test
    void streamsTheAnswerInTheBrowsersSession() {
        given().contentType("application/json")
                .cookie("mcp_session", "s-0123456789")
                .body("{\"query\":\"What is 2 + 2?\"}")
                .post("/api/ask")
                .then()
                .statusCode(200)
                .contentType("text/event-stream")
                .body(containsString("event: response\ndata: {\"response\":\"4\"}"));

        assertThat(StubServices.seen("POST", "/ask").getFirst().headers())
                .containsEntry("Session-Id", "s-0123456789")
                .hasEntrySatisfying("Accept", accept -> assertThat(accept).contains("text/event-stream"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"silence", "for ever"})
    void aBrowserThatGoesAwayCancelsTheQuestion(String question) throws IOException {
        Socket browser = send("{\"query\":\"" + question + "\"}");
        eventually(() -> StubServices.questionsHeld() == 1);

        browser.close();

        eventually(() -> StubServices.questionsAbandoned() == 1);
    }

    private static Socket send(String body) throws IOException {
        Socket socket = new Socket("localhost", RestAssured.port);
        String request =
                "POST /api/ask HTTP/1.1\r\nHost: localhost:%d\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(RestAssured.port, body.length(), body);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        return socket;
    }
}
