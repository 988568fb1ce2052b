package org.mcpagentic.testsupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.RestAssured;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A client of {@code /mcp} that sends plain messages: of 2026-07-28, or of 2025-11-25 in a session. */
public final class McpClient {

    private static final String MODERN = "2026-07-28";
    private static final String LEGACY = "2025-11-25";
    private static final String SESSION = "Mcp-Session-Id";
    private static final String META = "io.modelcontextprotocol/";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final AtomicLong IDS = new AtomicLong();

    private final String token;
    private final ObjectNode capabilities;
    private final Optional<String> session;

    private McpClient(String token, ObjectNode capabilities, Optional<String> session) {
        this.token = token;
        this.capabilities = capabilities;
        this.session = session;
    }

    /** A client that can do nothing but call; an empty token is none. */
    public static McpClient of(String token) {
        return new McpClient(token, JSON.createObjectNode(), Optional.empty());
    }

    /** The same, which shows forms to a person. */
    public McpClient showingForms() {
        ObjectNode more = capabilities.deepCopy();
        more.putObject("elicitation");
        return new McpClient(token, more, session);
    }

    /** The same, which takes tasks for answers. */
    public McpClient takingTasks() {
        ObjectNode more = capabilities.deepCopy();
        more.withObject("/extensions").putObject("io.modelcontextprotocol/tasks");
        return new McpClient(token, more, session);
    }

    /** The same in a session of 2025-11-25, with what it can do by now. */
    public McpClient inSession() {
        ObjectNode params = JSON.createObjectNode().put("protocolVersion", LEGACY);
        params.set("capabilities", capabilities);
        params.putObject("clientInfo").put("name", "tests").put("version", "1");
        try (Stream begun = post(message("initialize", params))) {
            return new McpClient(
                    token,
                    capabilities,
                    Optional.of(begun.header(SESSION).orElseThrow(() -> new AssertionError("no session"))));
        }
    }

    /**
     * What was answered.
     *
     * @param heard what came on the stream before it
     * @param message the answer; an empty object where there was none
     */
    public record Came(int status, Optional<String> challenge, List<JsonNode> heard, JsonNode message) {

        public JsonNode result() {
            return message.path("result");
        }

        /** What a tool's result is to programs. */
        public JsonNode structured() {
            return result().path("structuredContent");
        }

        /** The first text of a tool's result. */
        public String text() {
            return result().path("content").path(0).path("text").asText();
        }

        public boolean isError() {
            return result().path("isError").asBoolean();
        }

        /** Of an error of JSON-RPC; zero where it is none. */
        public int code() {
            return message.path("error").path("code").asInt();
        }

        public String errorMessage() {
            return message.path("error").path("message").asText();
        }
    }

    /** Calls a tool. */
    public Came call(String tool, Map<String, ?> arguments) {
        return ask("tools/call", Map.of("name", tool, "arguments", arguments));
    }

    /** Calls a tool again, with what the client was asked by the first call. */
    public Came answer(String tool, Map<String, ?> arguments, JsonNode asked, Map<String, ?> inputs) {
        return ask(
                "tools/call",
                Map.of(
                        "name",
                        tool,
                        "arguments",
                        arguments,
                        "requestState",
                        asked.path("requestState").asText(),
                        "inputResponses",
                        inputs));
    }

    /** Sends a request and waits for its answer. */
    public Came ask(String method, Map<String, ?> params) {
        try (Stream stream = open(method, params)) {
            return stream.answer();
        }
    }

    /** All entries of a list, of all its pages. */
    public List<JsonNode> list(String method, String name) {
        List<JsonNode> all = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = ask(method, cursor.isEmpty() ? Map.of() : Map.of("cursor", cursor))
                    .result();
            page.path(name).forEach(all::add);
            cursor = page.path("nextCursor").asText();
        } while (!cursor.isEmpty());
        return all;
    }

    /** Sends a request; what comes is read by the caller, who closes it. */
    public Stream open(String method, Map<String, ?> params) {
        return post(message(method, JSON.valueToTree(params)));
    }

    /** The stream of a session, for what is said outside of requests. */
    public Stream listen() {
        return send("GET", JSON.createObjectNode());
    }

    /** Answers a question that came on a stream. */
    public int reply(JsonNode question, Map<String, ?> result) {
        ObjectNode message = JSON.createObjectNode().put("jsonrpc", "2.0");
        message.set("id", question.path("id"));
        message.set("result", JSON.valueToTree(result));
        return status(message);
    }

    /** Tells a session's server of something. */
    public int tell(String method, Map<String, ?> params) {
        ObjectNode message = JSON.createObjectNode().put("jsonrpc", "2.0").put("method", method);
        message.set("params", JSON.valueToTree(params));
        return status(message);
    }

    private int status(ObjectNode message) {
        try (Stream stream = post(message)) {
            return stream.status();
        }
    }

    private ObjectNode message(String method, ObjectNode params) {
        ObjectNode message = JSON.createObjectNode()
                .put("jsonrpc", "2.0")
                .put("id", IDS.incrementAndGet())
                .put("method", method);
        message.set("params", params);
        return message;
    }

    private Stream post(ObjectNode message) {
        boolean begins = message.path("method").asText().equals("initialize");
        if (session.isEmpty() && !begins) {
            ObjectNode meta = ((ObjectNode) message.path("params")).withObject("/_meta");
            meta.put(META + "protocolVersion", MODERN);
            meta.set(META + "clientCapabilities", capabilities);
        }
        return send("POST", message);
    }

    private Stream send(String httpMethod, ObjectNode message) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + RestAssured.port + "/mcp"))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream");
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        session.ifPresentOrElse(
                id -> request.header(SESSION, id).header("MCP-Protocol-Version", LEGACY),
                () -> sayModern(request, message));
        request.method(
                httpMethod,
                message.isEmpty()
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(message.toString()));
        try {
            return new Stream(
                    message.path("id").asText(),
                    CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sayModern(HttpRequest.Builder request, ObjectNode message) {
        JsonNode params = message.path("params");
        if (!params.path("_meta").has(META + "protocolVersion")) {
            return;
        }
        request.header("MCP-Protocol-Version", MODERN)
                .header("Mcp-Method", message.path("method").asText());
        for (String subject : List.of("name", "uri", "taskId")) {
            if (params.path(subject).isTextual()) {
                request.header("Mcp-Name", params.path(subject).asText());
            }
        }
    }

    /** Messages as they come; closing it is going away. */
    public static final class Stream implements AutoCloseable {

        private final String id;
        private final HttpResponse<InputStream> response;
        private final BufferedReader lines;

        private Stream(String id, HttpResponse<InputStream> response) {
            this.id = id;
            this.response = response;
            this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        }

        /** The id of the request that this answers. */
        public String id() {
            return id;
        }

        public int status() {
            return response.statusCode();
        }

        public Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }

        /** The next message of a stream; nothing at its end. */
        public Optional<JsonNode> next() {
            try {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("data: ") && line.length() > "data: ".length()) {
                        return Optional.of(read(line.substring("data: ".length())));
                    }
                }
                return Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The next message with this method. */
        public JsonNode next(String method) {
            JsonNode message = next().orElseThrow(() -> new AssertionError("the stream ended before " + method));
            return message.path("method").asText().equals(method) ? message : next(method);
        }

        /** The rest up to the answer. */
        public Came answer() {
            Optional<String> challenge = header("WWW-Authenticate");
            List<JsonNode> heard = new ArrayList<>();
            if (header("Content-Type")
                    .filter(type -> type.startsWith("text/event-stream"))
                    .isEmpty()) {
                return new Came(status(), challenge, heard, whole());
            }
            for (Optional<JsonNode> message = next(); message.isPresent(); message = next()) {
                if (message.get().has("result") || message.get().has("error")) {
                    return new Came(status(), challenge, heard, message.get());
                }
                heard.add(message.get());
            }
            throw new AssertionError("the stream ended without an answer");
        }

        private JsonNode whole() {
            try {
                String text = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
                return text.isEmpty() ? JSON.createObjectNode() : read(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static JsonNode read(String text) {
            try {
                return JSON.readTree(text);
            } catch (JsonProcessingException e) {
                throw new AssertionError("not JSON: " + text, e);
            }
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
