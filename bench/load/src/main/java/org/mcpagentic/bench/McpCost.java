package org.mcpagentic.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.mcpagentic.localredis.LocalRedis;

/**
 * What MCP costs over REST: one task is read by {@code tools/call} of {@code get_task} through {@code /mcp} and by {@code GET /task/{id}},
 * and {@code calculator}, which hardly does anything, is called by {@code tools/call} and by {@code POST /tool/calculator/call}: the same
 * work behind either, in turn, on one connection, by one caller with a key.
 */
final class McpCost {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REVISION = "2026-07-28";

    /** Requests of each kind until a JVM has compiled what it will. */
    private static final int WARM_AFTER = 6_000;

    private static final long PATIENCE_SECONDS = 30;
    private static final double TARGET_MILLIS = 1;

    private final Context context;
    private final HttpClient client;
    private final ServiceProcess service;
    private final String key;

    private McpCost(Vertx vertx, HttpClient client, ServiceProcess service, String key) {
        // why: an answer may be over before a thread from outside looks at it
        this.context = vertx.getOrCreateContext();
        this.client = client;
        this.service = service;
        this.key = key;
    }

    static boolean run(int requests) throws Exception {
        Vertx vertx = Vertx.vertx();
        String key = Credentials.firstKey();
        try (LocalRedis redis = LocalRedis.builder().installedFirst().start();
                ServiceProcess service = ServiceProcess.start(
                        "custom-mcp-service",
                        "256m",
                        Map.of(
                                "REDIS_URL",
                                redis.url(),
                                "MODEL",
                                "offline",
                                "ACCESS_SECRET",
                                Credentials.secret(),
                                "ACCESS_FIRST_KEY",
                                key))) {
            HttpClient client = vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(1));
            return new McpCost(vertx, client, service, key).compare(requests);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    private boolean compare(int requests) throws Exception {
        String task = aTask();
        Kind readByRest = get("GET /task/{id}", "/task/" + task);
        Kind readByMcp =
                call("tools/call get_task", "get_task", JSON.createObjectNode().put("task_id", task));
        Kind calculation = call(
                "tools/call calculator", "calculator", JSON.createObjectNode().put("expression", "1 + 1"));
        Kind calculationByRest = new Kind(
                "POST /tool/{name}/call",
                request(HttpMethod.POST, "/tool/calculator/call"),
                Buffer.buffer("{\"arguments\":{\"expression\":\"1 + 1\"}}"),
                200);
        List<Kind> kinds = List.of(readByRest, readByMcp, calculationByRest, calculation);
        for (int i = 0; i < WARM_AFTER; i++) {
            for (Kind kind : kinds) {
                millisOf(kind);
            }
        }
        kinds.forEach(kind -> kind.millis.clear());
        for (int i = 0; i < requests; i++) {
            for (Kind kind : kinds) {
                kind.millis.add(millisOf(kind));
            }
        }
        System.out.printf("median of %,d requests each, in turn on one connection, access control on%n", requests);
        kinds.forEach(kind -> System.out.printf("%-24s p50 %.3f ms%n", kind.name, kind.median()));
        added("a task read", readByRest, readByMcp);
        added("a tool called", calculationByRest, calculation);
        return true;
    }

    private static void added(String what, Kind byRest, Kind byMcp) {
        double added = byMcp.median() - byRest.median();
        System.out.printf(
                "%s by MCP instead of REST: added p50 %.3f ms (%s %.0f ms), ratio %.2f%n",
                what,
                added,
                added <= TARGET_MILLIS ? "<=, met:" : "missed:",
                TARGET_MILLIS,
                byMcp.median() / byRest.median());
    }

    /** The id of a task that was made and not run. */
    private String aTask() throws Exception {
        Kind making = new Kind(
                "POST /task", request(HttpMethod.POST, "/task"), Buffer.buffer("{\"input\":\"What is 1 + 1?\"}"), 201);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            try {
                return JSON.readTree(answerOf(making).getBytes())
                        .path("task_id")
                        .asText();
            } catch (ExecutionException notYet) {
                // why: the first key is made beside the start, and may come a little later than the service is ready
                if (System.nanoTime() > end) {
                    throw notYet;
                }
                Thread.sleep(100);
            }
        }
    }

    private Kind get(String name, String path) {
        return new Kind(name, request(HttpMethod.GET, path), Buffer.buffer(), 200);
    }

    private Kind call(String name, String tool, ObjectNode arguments) {
        ObjectNode message =
                JSON.createObjectNode().put("jsonrpc", "2.0").put("id", 1).put("method", "tools/call");
        ObjectNode parameters = message.putObject("params").put("name", tool);
        parameters.set("arguments", arguments);
        ObjectNode meta = parameters.putObject("_meta").put("io.modelcontextprotocol/protocolVersion", REVISION);
        meta.putObject("io.modelcontextprotocol/clientInfo")
                .put("name", "bench")
                .put("version", "1");
        meta.putObject("io.modelcontextprotocol/clientCapabilities");
        RequestOptions request = request(HttpMethod.POST, "/mcp")
                .putHeader("accept", "application/json, text/event-stream")
                .putHeader("mcp-protocol-version", REVISION)
                .putHeader("mcp-method", "tools/call")
                .putHeader("mcp-name", tool);
        return new Kind(name, request, Buffer.buffer(message.toString()), 200);
    }

    private RequestOptions request(HttpMethod method, String path) {
        RequestOptions request = new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(service.address(path).toString())
                .putHeader("authorization", "Bearer " + key);
        return method.equals(HttpMethod.POST) ? request.putHeader("content-type", "application/json") : request;
    }

    private double millisOf(Kind kind) throws Exception {
        long begin = System.nanoTime();
        Buffer answer = answerOf(kind);
        double millis = (System.nanoTime() - begin) / 1e6;
        if (kind.isCall()) {
            JsonNode result = JSON.readTree(answer.getBytes()).path("result");
            if (result.isMissingNode() || result.path("isError").asBoolean()) {
                throw new IllegalStateException(kind.name + " answered " + answer);
            }
        }
        return millis;
    }

    private Buffer answerOf(Kind kind) throws Exception {
        Promise<Buffer> answer = Promise.promise();
        context.runOnContext(started -> send(kind).onComplete(answer));
        return answer.future().toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private Future<Buffer> send(Kind kind) {
        return client.request(kind.request)
                .compose(sent -> sent.send(kind.body))
                .compose(response -> response.body()
                        .compose(body -> response.statusCode() == kind.status
                                ? Future.succeededFuture(body)
                                : Future.failedFuture(new IllegalStateException(
                                        kind.name + " answered " + response.statusCode() + " " + body))));
    }

    /** One of the requests that take turns. */
    private static final class Kind {

        private final String name;
        private final RequestOptions request;
        private final Buffer body;
        private final int status;
        private final List<Double> millis = new ArrayList<>();

        Kind(String name, RequestOptions request, Buffer body, int status) {
            this.name = name;
            this.request = request;
            this.body = body;
            this.status = status;
        }

        boolean isCall() {
            return request.getURI().endsWith("/mcp");
        }

        double median() {
            return millis.stream().sorted().toList().get(millis.size() / 2);
        }
    }
}
