package org.mcpagentic.stubmodel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** A client of both wires that knows nothing of the stub's classes but its addresses. */
final class Client {
    private static final JsonMapper JSON = new JsonMapper();

    private final StubModel stub;
    private final HttpClient http;

    Client(StubModel stub, HttpClient http) {
        this.stub = stub;
        this.http = http;
    }

    /** What came back. */
    record Got(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        String text() {
            return response.body();
        }

        JsonNode json() {
            return Client.json(response.body());
        }

        /** The data of the events. */
        List<String> data() {
            return response.body()
                    .lines()
                    .filter(line -> line.startsWith("data: "))
                    .map(line -> line.substring("data: ".length()))
                    .toList();
        }

        /** The events that are JSON objects. */
        List<JsonNode> events() {
            return data().stream()
                    .filter(data -> data.startsWith("{"))
                    .map(Client::json)
                    .toList();
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    /** A Gemini request of these contents. */
    static ObjectNode contents(ObjectNode... contents) {
        ObjectNode body = JSON.createObjectNode();
        body.putArray("contents").addAll(List.of(contents));
        return body;
    }

    /** One turn of a conversation on Gemini's wire. */
    static ObjectNode content(String role, ObjectNode... parts) {
        ObjectNode content = JSON.createObjectNode().put("role", role);
        content.putArray("parts").addAll(List.of(parts));
        return content;
    }

    static ObjectNode text(String text) {
        return JSON.createObjectNode().put("text", text);
    }

    static ObjectNode response(String name, String result) {
        ObjectNode part = JSON.createObjectNode();
        part.putObject("functionResponse")
                .put("name", name)
                .putObject("response")
                .put("result", result);
        return part;
    }

    /** A request for a chat completion of these messages. */
    static ObjectNode messages(ObjectNode... messages) {
        ObjectNode body = JSON.createObjectNode().put("model", "any");
        body.putArray("messages").addAll(List.of(messages));
        return body;
    }

    static ObjectNode message(String role, String content) {
        return JSON.createObjectNode().put("role", role).put("content", content);
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static ArrayNode array(JsonNode... nodes) {
        ArrayNode array = JSON.createArrayNode();
        new ArrayList<>(List.of(nodes)).forEach(array::add);
        return array;
    }

    HttpRequest.Builder geminiRequest(String method, JsonNode body) {
        return post(URI.create(stub.geminiBase() + "/models/gemini-3-flash:" + method), body);
    }

    HttpRequest.Builder openAiRequest(JsonNode body) {
        return post(URI.create(stub.openAiBase() + "/chat/completions"), body);
    }

    Got gemini(JsonNode body) {
        return send(geminiRequest("generateContent", body));
    }

    Got geminiStream(JsonNode body) {
        return send(geminiRequest("streamGenerateContent?alt=sse", body));
    }

    Got openAi(JsonNode body) {
        return send(openAiRequest(body));
    }

    Got openAiStream(ObjectNode body) {
        body.put("stream", true).putObject("stream_options").put("include_usage", true);
        return send(openAiRequest(body));
    }

    Got send(HttpRequest.Builder request) {
        try {
            return new Got(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new AssertionError("the connection broke", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static HttpRequest.Builder post(URI uri, JsonNode body) {
        return HttpRequest.newBuilder(uri)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    }
}
