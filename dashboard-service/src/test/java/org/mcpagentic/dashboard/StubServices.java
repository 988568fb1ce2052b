package org.mcpagentic.dashboard;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Both services on one loopback port, public-mcp-service below a path, speaking docs/reference/rest-api.md; it can go
 * away and come back.
 */
public final class StubServices implements QuarkusTestResourceLifecycleManager {
    public static final String TASK = """
            {"task_id":"t0-1","input":"What is 2 + 2?","tools":["calculator"],"status":"created",\
            "created_at":"2026-11-22T10:00:00.123Z"}""";

    /** Where public-mcp-service begins. */
    public static final String QUESTIONS = "/questions";

    private static final Vertx VERTX = Vertx.vertx();
    private static final Queue<Seen> SEEN = new ConcurrentLinkedQueue<>();
    private static final List<HttpServerResponse> STATS_STREAMS = new CopyOnWriteArrayList<>();
    private static final List<HttpServerResponse> HELD_QUESTIONS = new CopyOnWriteArrayList<>();
    private static final Set<String> REFUSED = ConcurrentHashMap.newKeySet();
    private static final AtomicInteger STATS_OPENED = new AtomicInteger();
    private static final AtomicInteger QUESTIONS_ABANDONED = new AtomicInteger();

    private static volatile @Nullable HttpServer server;
    private static volatile int port;
    private static final AtomicInteger PROCESSED = new AtomicInteger(3);

    /** A request as it arrived. */
    public record Seen(String method, String uri, Map<String, String> headers, String body) {}

    @Override
    public Map<String, String> start() {
        comeBack();
        String url = "http://127.0.0.1:" + port;
        return Map.of("dashboard.upstream.custom-mcp", url, "dashboard.upstream.public-mcp", url + QUESTIONS);
    }

    @Override
    public void stop() {
        goAway();
    }

    /** Closes the port and every connection. */
    public static void goAway() {
        HttpServer running = server;
        if (running != null) {
            await(running.close());
            server = null;
            STATS_STREAMS.clear();
        }
    }

    /** Listens, on the port of the first time. */
    public static void comeBack() {
        if (server == null) {
            HttpServer started = await(VERTX.createHttpServer(
                            new HttpServerOptions().setHost("127.0.0.1").setPort(port))
                    .requestHandler(StubServices::answer)
                    .listen());
            port = started.actualPort();
            server = started;
        }
    }

    /** Forgets what was seen. */
    public static void forget() {
        SEEN.clear();
        REFUSED.clear();
        STATS_OPENED.set(STATS_STREAMS.size());
        QUESTIONS_ABANDONED.set(0);
    }

    public static List<Seen> seen(String method, String uriStart) {
        return SEEN.stream()
                .filter(seen -> seen.method().equals(method) && seen.uri().startsWith(uriStart))
                .toList();
    }

    /** How many statistics streams of either service are open. */
    public static int statsStreams() {
        return STATS_STREAMS.size();
    }

    /** How many were opened since {@link #forget}. */
    public static int statsOpened() {
        return STATS_OPENED.get();
    }

    /** Refuses statistics to that authorization from now on, and ends those that are open. */
    public static void refuse(String authorization) {
        REFUSED.add(authorization);
        List<HttpServerResponse> open = List.copyOf(STATS_STREAMS);
        STATS_STREAMS.removeAll(open);
        open.forEach(HttpServerResponse::reset);
    }

    public static int questionsHeld() {
        return HELD_QUESTIONS.size();
    }

    public static int questionsAbandoned() {
        return QUESTIONS_ABANDONED.get();
    }

    /** Counts one more and tells everybody who listens. */
    public static void process() {
        PROCESSED.incrementAndGet();
        STATS_STREAMS.forEach(stream -> stream.write(statsEvent()));
    }

    public static int processed() {
        return PROCESSED.get();
    }

    private static String statsEvent() {
        return """
                event: stats
                data: {"queries_processed":%d,"successful_queries":2,"failed_queries":1,"cancelled_queries":0,\
                "total_response_time":0.041,"session_start_time":"2026-11-22T10:00:00.000Z","active_sessions":1,\
                "input_tokens":1,"output_tokens":1,"cost_usd":0.0,"queue_depth":0,"a_field_of_tomorrow":1}

                """.formatted(PROCESSED.get());
    }

    private static void answer(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            request.headers().forEach(headers::put);
            Seen seen = new Seen(request.method().name(), request.uri(), headers, body.toString());
            SEEN.add(seen);
            route(request, seen);
        });
    }

    private static void route(HttpServerRequest request, Seen seen) {
        HttpServerResponse response = request.response();
        switch (seen.method() + " " + request.path()) {
            case "GET /stats", "GET /questions/stats" -> {
                if (REFUSED.contains(seen.headers().getOrDefault("Authorization", ""))) {
                    problem(response, 401, "no such session");
                } else {
                    openStats(response);
                }
            }
            case "GET /model" -> json(response, 200, "{\"items\":[{\"name\":\"for-tasks\"}]}");
            case "GET /questions/model" -> json(response, 200, "{\"items\":[{\"name\":\"for-questions\"}]}");
            case "GET /tool" -> json(response, 200, "{\"items\":[{\"name\":\"calculator\"}]}");
            case "GET /task" -> json(response, 200, "{\"items\":[" + TASK + "],\"next_cursor\":\"c2\"}");
            case "POST /task" -> create(response, seen);
            case "GET /task/t0-1" -> json(response, 200, TASK);
            case "POST /task/t0-1/run" -> json(response.putHeader("Retry-After", "1"), 202, TASK);
            case "POST /task/t0-1/cancel" -> json(response, 200, TASK);
            case "POST /task/t0-1/retry" -> json(response.putHeader("Idempotency-Replayed", "true"), 201, TASK);
            case "POST /task/t0-1/step/2/resolve" -> json(response.putHeader("Retry-After", "1"), 202, TASK);
            case "GET /dead-letter" -> json(response, 200, "{\"items\":[" + TASK + "]}");
            case "GET /task/t0-1/events" -> events(response, seen);
            case "GET /task/broken" ->
                response.setStatusCode(500)
                        .putHeader("content-type", "text/html")
                        .end("<h1>stack trace</h1>");
            case "GET /task/long" -> problem(response, 500, "x".repeat(100_000));
            case "GET /task/long/events" -> problem(response, 500, "x".repeat(100_000));
            case "POST /questions/ask" -> ask(response, seen);
            default -> problem(response, 404, "there is no such thing");
        }
    }

    private static void openStats(HttpServerResponse response) {
        STATS_OPENED.incrementAndGet();
        STATS_STREAMS.add(response);
        response.closeHandler(closed -> STATS_STREAMS.remove(response));
        sse(response).write(statsEvent());
    }

    private static void create(HttpServerResponse response, Seen seen) {
        if (seen.body().contains("\"input\":\" \"")) {
            response.setStatusCode(422)
                    .putHeader("content-type", "application/problem+json")
                    .end("""
                            {"type":"urn:problem:invalid","title":"Unprocessable Content","status":422,"code":"invalid",\
                            "errors":[{"field":"input","message":"must not be blank"}]}""");
        } else {
            json(response.putHeader("Idempotency-Replayed", "true"), 201, TASK);
        }
    }

    private static void events(HttpServerResponse response, Seen seen) {
        switch (seen.headers().getOrDefault("Last-Event-ID", "")) {
            case "9" -> response.setStatusCode(204).end();
            case "breaks" -> {
                sse(response).write("id: 3\nevent: step.started\nda");
                VERTX.setTimer(50, timer -> response.reset());
            }
            case String last ->
                sse(response).end(": hello\n\nid: 8\nevent: task.running\ndata: {\"behind\":\"" + last + "\"}\n\n");
        }
    }

    private static void ask(HttpServerResponse response, Seen seen) {
        if (seen.body().contains("silence")) {
            HELD_QUESTIONS.add(response);
            response.closeHandler(closed -> abandoned(response));
        } else if (seen.body().contains("for ever")) {
            HELD_QUESTIONS.add(response);
            response.closeHandler(closed -> abandoned(response));
            sse(response).write("event: delta\ndata: {\"text\":\"It \"}\n\n");
        } else {
            sse(response)
                    .end("event: delta\ndata: {\"text\":\"4\"}\n\nevent: response\ndata: {\"response\":\"4\"}\n\n");
        }
    }

    private static void abandoned(HttpServerResponse response) {
        HELD_QUESTIONS.remove(response);
        QUESTIONS_ABANDONED.incrementAndGet();
    }

    private static HttpServerResponse sse(HttpServerResponse response) {
        return response.putHeader("content-type", "text/event-stream").setChunked(true);
    }

    private static void json(HttpServerResponse response, int status, String body) {
        response.setStatusCode(status)
                .putHeader("content-type", "application/json")
                .end(body);
    }

    private static void problem(HttpServerResponse response, int status, String detail) {
        response.setStatusCode(status)
                .putHeader("content-type", "application/problem+json")
                .end("{\"status\":%d,\"code\":\"not_found\",\"detail\":\"%s\"}".formatted(status, detail));
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("the stub could not start or stop", e);
        }
    }
}
