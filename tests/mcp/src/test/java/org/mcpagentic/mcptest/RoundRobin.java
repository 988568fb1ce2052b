package org.mcpagentic.mcptest;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.mcpagentic.testsupport.Until;

/**
 * What an ingress is that knows nothing of sessions: each request goes to the next replica, with its host and its headers as they
 * came; what is sent either way is passed on at once; a client that hangs up is seen to hang up. A replica that takes no connection is
 * left out.
 */
final class RoundRobin implements AutoCloseable {
    private final Vertx vertx;
    private final HttpServer server;
    private final HttpClient client;
    private final List<Integer> replicas;
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicIntegerArray passed;
    private final AtomicIntegerArray answered;
    private final Map<String, Integer> calls = new ConcurrentHashMap<>();

    private RoundRobin(List<Integer> replicas) {
        this.replicas = List.copyOf(replicas);
        this.passed = new AtomicIntegerArray(replicas.size());
        this.answered = new AtomicIntegerArray(replicas.size());
        this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        // why no connection twice: one to a replica that has died meanwhile would fail in the middle of a request
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(false).setMaxPoolSize(1_000));
        this.server = vertx.createHttpServer().requestHandler(this::handle);
    }

    /** Starts one before replicas, told by their ports. */
    static RoundRobin over(List<Integer> replicas) {
        RoundRobin proxy = new RoundRobin(replicas);
        proxy.server
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return proxy;
    }

    URI uri(String path) {
        return URI.create("http://localhost:" + server.actualPort() + path);
    }

    /** The replica that was given the latest call of a tool, by the tool's name in the header {@code Mcp-Name}. */
    Optional<Integer> replicaOf(String tool) {
        return Optional.ofNullable(calls.get(tool));
    }

    /** How many requests each replica was given. */
    List<Integer> passed() {
        return IntStream.range(0, replicas.size()).mapToObj(passed::get).toList();
    }

    /** Returns when a replica has just answered a request, as between two looks of a client that polls. */
    void awaitAnswer(int replica, Duration patience) {
        int before = answered.get(replica);
        Until.holds("a request is answered", patience, () -> answered.get(replica) > before);
    }

    private void handle(HttpServerRequest request) {
        request.pause();
        pass(request, replicas.size());
    }

    private void pass(HttpServerRequest request, int tries) {
        int replica = Math.floorMod(turn.getAndIncrement(), replicas.size());
        RequestOptions way = new RequestOptions()
                .setMethod(request.method())
                .setHost("127.0.0.1")
                .setPort(replicas.get(replica))
                .setURI(request.uri());
        client.request(way)
                .onSuccess(onward -> {
                    passed.incrementAndGet(replica);
                    Optional.ofNullable(request.getHeader("Mcp-Name")).ifPresent(tool -> calls.put(tool, replica));
                    AtomicBoolean over = new AtomicBoolean();
                    request.response().closeHandler(gone -> {
                        if (!over.get()) {
                            onward.reset();
                        }
                    });
                    pass(request, onward).onComplete(end -> {
                        over.set(true);
                        if (end.failed()) {
                            // why: a write may find out that the client is gone before its closing is told
                            onward.reset();
                        }
                        answered.incrementAndGet(replica);
                    });
                })
                .onFailure(refused -> {
                    if (tries > 1) {
                        pass(request, tries - 1);
                    } else {
                        request.response().setStatusCode(502).end();
                    }
                });
    }

    private static Future<Void> pass(HttpServerRequest request, HttpClientRequest onward) {
        onward.headers().setAll(request.headers());
        onward.headers().remove("connection");
        HttpServerResponse response = request.response();
        // why: a body of unknown length would be announced where there is none
        boolean hasBody = request.headers().contains("content-length")
                || request.headers().contains("transfer-encoding");
        Future<HttpClientResponse> answer = hasBody ? onward.send(request) : onward.send();
        if (!hasBody) {
            request.resume();
        }
        return answer.compose(came -> passBack(came, response), lost -> {
            if (response.ended() || response.closed()) {
                return Future.failedFuture(lost);
            }
            return response.setStatusCode(502).end();
        });
    }

    private static Future<Void> passBack(HttpClientResponse answer, HttpServerResponse response) {
        response.setStatusCode(answer.statusCode());
        response.headers().setAll(answer.headers());
        response.headers().remove("connection");
        if (!answer.headers().contains("content-length")) {
            response.setChunked(true);
        }
        return answer.pipe().endOnFailure(false).to(response).onFailure(lost -> response.reset());
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
