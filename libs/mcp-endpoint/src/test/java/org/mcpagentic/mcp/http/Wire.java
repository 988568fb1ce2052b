package org.mcpagentic.mcp.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A client of {@code /mcp} that sends what it is told and reads what comes. */
final class Wire {

    static final String MODERN = "2026-07-28";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final int port;
    private final String token;

    Wire(int port, String token) {
        this.port = port;
        this.token = token;
    }

    /** What came back. */
    record Came(int status, Map<String, List<String>> headers, JsonNode body) {

        JsonNode result() {
            return body.path("result");
        }

        int code() {
            return body.path("error").path("code").asInt();
        }

        String header(String name) {
            return headers.entrySet().stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                    .map(entry -> entry.getValue().getFirst())
                    .findFirst()
                    .orElse("");
        }
    }

    /** A request of 2026-07-28, with the headers that belong to it, of a client that shows forms. */
    Came modern(String method, String params) {
        return modern(method, params, "{\"elicitation\":{}}");
    }

    Came modern(String method, String params, String capabilities) {
        return post(body(method, params, capabilities), headersOf(method, params));
    }

    /** The same as a stream; the caller closes it. */
    Stream modernStream(String method, String params, String capabilities) {
        return stream("POST", body(method, params, capabilities), headersOf(method, params));
    }

    Came post(String body, String... headers) {
        try {
            HttpResponse<String> response = CLIENT.send(request("POST", body, headers), BodyHandlers.ofString());
            String text = response.body();
            JsonNode json = text.isEmpty() || text.startsWith("data") || text.startsWith(":")
                    ? JSON.nullNode()
                    : JSON.readTree(text);
            return new Came(response.statusCode(), response.headers().map(), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Came send(String httpMethod, String... headers) {
        try {
            HttpResponse<String> response = CLIENT.send(request(httpMethod, "", headers), BodyHandlers.ofString());
            JsonNode json = response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body());
            return new Came(response.statusCode(), response.headers().map(), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Stream stream(String httpMethod, String body, String... headers) {
        try {
            return new Stream(CLIENT.send(request(httpMethod, body, headers), BodyHandlers.ofInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest request(String httpMethod, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/mcp"))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json, text/event-stream");
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.method(
                        httpMethod,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static String[] headersOf(String method, String params) {
        JsonNode json = read(params);
        String name = json.path("name")
                .asText(json.path("uri").asText(json.path("taskId").asText()));
        return name.isEmpty()
                ? new String[] {"MCP-Protocol-Version", MODERN, "Mcp-Method", method}
                : new String[] {"MCP-Protocol-Version", MODERN, "Mcp-Method", method, "Mcp-Name", name};
    }

    static String body(String method, String params, String capabilities) {
        ObjectNode given = (ObjectNode) read(params);
        ObjectNode meta = given.withObject("/_meta");
        meta.put("io.modelcontextprotocol/protocolVersion", MODERN);
        meta.set("io.modelcontextprotocol/clientCapabilities", read(capabilities));
        return request(method, given);
    }

    /** A request as the earlier revisions have it. */
    static String request(String method, JsonNode params) {
        ObjectNode message =
                JSON.createObjectNode().put("jsonrpc", "2.0").put("id", 7).put("method", method);
        message.set("params", params);
        return message.toString();
    }

    static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A stream of messages. */
    static final class Stream implements AutoCloseable {

        private final HttpResponse<InputStream> response;
        private final BufferedReader lines;

        Stream(HttpResponse<InputStream> response) {
            this.response = response;
            this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        }

        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** The next message; null at the end. */
        @Nullable
        JsonNode next() {
            try {
                String line = lines.readLine();
                while (line != null && !line.startsWith("data: ")) {
                    line = lines.readLine();
                }
                return line == null ? null : read(line.substring("data: ".length()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The next message, which there has to be. */
        JsonNode message() {
            JsonNode message = next();
            if (message == null) {
                throw new IllegalStateException("the stream has ended");
            }
            return message;
        }

        @Override
        public void close() {
            try {
                response.body().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
