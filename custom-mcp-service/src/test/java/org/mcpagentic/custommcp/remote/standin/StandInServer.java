package org.mcpagentic.custommcp.remote.standin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An MCP server on the loopback interface that does what a test says, also what no server should. */
public final class StandInServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MODERN = "2026-07-28";

    /** Which revisions it speaks. */
    public enum Era {
        MODERN,
        LEGACY
    }

    /** How it answers. */
    public enum Manner {
        PROPERLY,
        AS_EVENTS,
        ASKING_BACK,
        ASKING_BACK_WITHOUT_END,
        NEVER,
        WITH_GARBAGE,
        TOO_MUCH,
        TOO_DEEP,
        ELSEWHERE,
        ENDING_EARLY,
        WITH_500,
        WITH_401,
        FOR_ANOTHER_ID
    }

    /**
     * What came.
     *
     * @param body empty where it was none
     */
    public record Heard(MultiMap headers, JsonNode body) {

        public String method() {
            return body.path("method").asText();
        }
    }

    private record Refusal(int status, int code) {}

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final Map<String, ObjectNode> tools = new LinkedHashMap<>();
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final AtomicInteger sessions = new AtomicInteger();
    private volatile Era era = Era.MODERN;
    private volatile Manner manner = Manner.PROPERLY;
    private volatile String session = "";
    private volatile String redirect = "";
    private volatile int pageSize = 100;
    private volatile boolean endless;
    private volatile Optional<ObjectNode> result = Optional.empty();
    private volatile Optional<Refusal> refusal = Optional.empty();

    public StandInServer() {
        this(0);
    }

    /** @param port 0 for any that is free */
    public StandInServer(int port) {
        server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> answer(request, body.toString())))
                .listen(port, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        tool("echo", "Says the same again.");
    }

    public String url() {
        return "http://127.0.0.1:" + server.actualPort() + "/mcp";
    }

    public String authority() {
        return "127.0.0.1:" + server.actualPort();
    }

    public int port() {
        return server.actualPort();
    }

    public synchronized StandInServer tool(String name, String description) {
        return tool(name, description, "{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"}}}");
    }

    public synchronized StandInServer tool(String name, String description, String schema) {
        ObjectNode tool = JSON.createObjectNode().put("name", name).put("description", description);
        tool.set("inputSchema", read(schema));
        tools.put(name, tool);
        return this;
    }

    public synchronized StandInServer without(String name) {
        tools.remove(name);
        return this;
    }

    public StandInServer speaking(Era revisions) {
        era = revisions;
        return this;
    }

    public StandInServer answering(Manner how) {
        manner = how;
        return this;
    }

    public StandInServer redirecting(String to) {
        redirect = to;
        return answering(Manner.ELSEWHERE);
    }

    public StandInServer inPagesOf(int size) {
        pageSize = size;
        return this;
    }

    public StandInServer inPagesWithoutEnd() {
        endless = true;
        return this;
    }

    /** What calls return instead of what they were given. */
    public StandInServer returning(String json) {
        result = Optional.of((ObjectNode) read(json));
        return this;
    }

    /**
     * Calls are refused, whether or not they were made.
     *
     * @param code of the JSON-RPC error, 0 for a refusal without one
     */
    public StandInServer refusingCalls(int status, int code) {
        refusal = Optional.of(new Refusal(status, code));
        return this;
    }

    /** As after a restart. */
    public void forgetSessions() {
        session = "";
    }

    public int sessions() {
        return sessions.get();
    }

    public List<Heard> heard() {
        return heard;
    }

    public List<Heard> heard(String method) {
        return heard.stream().filter(one -> one.method().equals(method)).toList();
    }

    private void answer(HttpServerRequest request, String text) {
        JsonNode body = read(text);
        heard.add(new Heard(request.headers(), body));
        HttpServerResponse response = request.response();
        if (body.path("method").isMissingNode() || !body.has("id")) {
            response.setStatusCode(202).end();
            return;
        }
        if (!accepted(request, body, response)) {
            return;
        }
        if (refusal.isPresent() && body.path("method").asText().equals("tools/call")) {
            refuse(response, refusal.get().status(), refusal.get().code(), body);
            return;
        }
        ObjectNode reply = JSON.createObjectNode().put("jsonrpc", "2.0");
        reply.set("id", body.get("id"));
        switch (body.path("method").asText()) {
            case "server/discover" -> {
                ObjectNode found = reply.putObject("result").put("resultType", "complete");
                found.putArray("supportedVersions").add(MODERN);
                found.putObject("capabilities").putObject("tools");
            }
            case "initialize" -> {
                session = "session-" + sessions.incrementAndGet();
                response.putHeader("Mcp-Session-Id", session);
                reply.putObject("result").put("protocolVersion", "2025-11-25").putObject("capabilities");
            }
            case "tools/list" -> list(body, reply);
            case "tools/call" -> reply.set("result", result.orElseGet(() -> said(body)));
            default -> reply.putObject("error").put("code", -32_601).put("message", "Method not found");
        }
        send(request, body, reply);
    }

    /** By the rules of its era. */
    private boolean accepted(HttpServerRequest request, JsonNode body, HttpServerResponse response) {
        if (era == Era.MODERN) {
            String version = body.path("params")
                    .path("_meta")
                    .path("io.modelcontextprotocol/protocolVersion")
                    .asText();
            if (!version.equals(MODERN) || !version.equals(request.getHeader("MCP-Protocol-Version"))) {
                refuse(response, 400, -32_022, body);
                return false;
            }
            return true;
        }
        if (!body.path("method").asText().equals("initialize")) {
            String shown = request.getHeader("Mcp-Session-Id");
            if (shown == null) {
                refuse(response, 400, -32_000, body);
                return false;
            }
            if (!shown.equals(session)) {
                refuse(response, 404, -32_001, body);
                return false;
            }
        }
        return true;
    }

    private static void refuse(HttpServerResponse response, int status, int code, JsonNode body) {
        if (code == 0) {
            response.setStatusCode(status).end();
            return;
        }
        ObjectNode said = JSON.createObjectNode().put("jsonrpc", "2.0");
        said.set("id", body.get("id"));
        said.putObject("error").put("code", code).put("message", "refused");
        response.setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(said.toString());
    }

    private synchronized void list(JsonNode body, ObjectNode reply) {
        int from = body.path("params").path("cursor").asInt(0);
        List<ObjectNode> all = new ArrayList<>(tools.values());
        ObjectNode listed = reply.putObject("result").put("resultType", "complete");
        ArrayNode page = listed.putArray("tools");
        all.stream().skip(from).limit(pageSize).forEach(page::add);
        if (endless || from + pageSize < all.size()) {
            listed.put("nextCursor", Integer.toString(from + pageSize));
        }
    }

    private static ObjectNode said(JsonNode body) {
        ObjectNode said = JSON.createObjectNode().put("resultType", "complete");
        String text = body.path("params").path("arguments").path("text").asText("nothing");
        said.putArray("content").addObject().put("type", "text").put("text", "said: " + text);
        return said;
    }

    private void send(HttpServerRequest request, JsonNode body, ObjectNode reply) {
        HttpServerResponse response = request.response();
        boolean greeting = !body.path("method").asText().startsWith("tools/");
        switch (greeting && manner != Manner.WITH_401 && manner != Manner.ELSEWHERE ? Manner.PROPERLY : manner) {
            case PROPERLY ->
                response.putHeader("Content-Type", "application/json").end(reply.toString());
            case AS_EVENTS ->
                response.putHeader("Content-Type", "text/event-stream")
                        .end(": hello\r\n\r\nevent: message\r\ndata: {\"jsonrpc\":\"2.0\",\"method\":"
                                + "\"notifications/progress\",\"params\":{}}\r\n\r\nid: 7\r\ndata: "
                                + reply.toString().replace(",\"result\"", ",\r\ndata: \"result\"") + "\r\n\r\n");
            case ASKING_BACK ->
                response.putHeader("Content-Type", "text/event-stream")
                        .end(
                                "data: {\"jsonrpc\":\"2.0\",\"id\":\"ask\",\"method\":\"sampling/createMessage\"}\n\ndata: "
                                        + reply + "\n\n");
            case ASKING_BACK_WITHOUT_END ->
                response.putHeader("Content-Type", "text/event-stream")
                        .end(asking("{}") + asking("\"" + "i".repeat(129) + "\"") + asking("1.5")
                                + asking("7").repeat(100) + "data: " + reply + "\n\n");
            case NEVER -> response.setChunked(true);
            case WITH_GARBAGE ->
                response.putHeader("Content-Type", "application/json").end("{\"jsonrpc\": <html>");
            case TOO_MUCH ->
                response.putHeader("Content-Type", "application/json")
                        .end("{\"filler\":\"" + "x".repeat(200_000) + "\"}");
            case TOO_DEEP ->
                response.putHeader("Content-Type", "application/json").end("[".repeat(5_000) + "]".repeat(5_000));
            case ELSEWHERE ->
                response.setStatusCode(307).putHeader("Location", redirect).end();
            case ENDING_EARLY ->
                response.putHeader("Content-Type", "text/event-stream").end(": nothing\n\n");
            case WITH_500 -> response.setStatusCode(500).end();
            case WITH_401 ->
                response.setStatusCode(401)
                        .putHeader("WWW-Authenticate", "Bearer")
                        .end();
            case FOR_ANOTHER_ID -> {
                reply.put("id", 4_711);
                response.putHeader("Content-Type", "application/json").end(reply.toString());
            }
        }
    }

    private static String asking(String id) {
        return "data: {\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"roots/list\"}\n\n";
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
