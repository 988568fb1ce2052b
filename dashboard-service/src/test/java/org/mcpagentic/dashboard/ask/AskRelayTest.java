package org.mcpagentic.dashboard.ask;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.mcpagentic.dashboard.EventReader.eventually;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
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

    @AfterEach
    void comeBack() {
        StubServices.comeBack();
    }

    @Test
    void streamsTheAnswerInTheBrowsersSession() {
        given().contentType("application/json")
                .cookie("mcp_session", "s-0123456789")
                .body("{\"query\":\"What is 2 + 2?\",\"model\":\"offline\"}")
                .post("/api/ask")
                .then()
                .statusCode(200)
                .contentType("text/event-stream")
                .body(containsString("event: response\ndata: {\"response\":\"4\"}"));

        StubServices.Seen seen =
                StubServices.seen("POST", StubServices.QUESTIONS + "/ask").getFirst();
        assertThat(seen.headers())
                .containsEntry("Session-Id", "s-0123456789")
                .hasEntrySatisfying("Accept", accept -> assertThat(accept).contains("text/event-stream"));
        assertThat(seen.body()).isEqualTo("{\"query\":\"What is 2 + 2?\",\"model\":\"offline\"}");
    }

    @Test
    void aQuestionWithoutAModelLeavesTheChoiceToTheService() {
        given().contentType("application/json")
                .body("{\"query\":\"What is 2 + 2?\"}")
                .post("/api/ask")
                .then()
                .statusCode(200);

        assertThat(StubServices.seen("POST", StubServices.QUESTIONS + "/ask")
                        .getFirst()
                        .body())
                .isEqualTo("{\"query\":\"What is 2 + 2?\"}");
    }

    @Test
    void listsTheModelsOfTheServiceThatAnswersQuestions() {
        given().get("/api/ask/model")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("items.name", contains("for-questions"));
    }

    @Test
    void aServiceThatIsAwayListsNoModels() {
        StubServices.goAway();

        given().get("/api/ask/model")
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", "1")
                .body("code", equalTo("upstream_unavailable"))
                .body("detail", containsString("public-mcp-service"));
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
