package org.mcpagentic.publicmcp.support;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.mcpagentic.testsupport.EventReader;
import org.mcpagentic.testsupport.EventReader.Event;
import org.mcpagentic.testsupport.Refusals;

/** The steps that tests take over HTTP, written as words. */
public final class Questions {

    private Questions() {}

    /** Asks and returns the answer as a whole; headers come in pairs. */
    public static Response ask(String query, String... headers) {
        RequestSpecification request =
                RestAssured.given().contentType("application/json").body(Map.of("query", query));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request.post("/ask");
    }

    /** Asks and reads the answer as it comes; the query is plain text without quotes. */
    public static EventReader stream(String query, String... headers) {
        return EventReader.send(Refusals.post("/ask", "{\"query\":\"" + query + "\"}"), headers);
    }

    /** The text that the events brought piece by piece. */
    public static String text(List<Event> events) {
        return events.stream()
                .filter(event -> event.name().equals("delta"))
                .map(event -> event.data().getString("text"))
                .collect(Collectors.joining());
    }

    public static JsonPath read(String responseId) {
        return RestAssured.get("/response/{id}", responseId)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    public static JsonPath statistics() {
        return RestAssured.get("/stats").then().statusCode(200).extract().jsonPath();
    }
}
