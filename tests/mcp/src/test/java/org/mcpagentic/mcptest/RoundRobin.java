package org.mcpagentic.mcptest;

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
import java.util.concurrent.TimeUnit;
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
                    pass(request, onward);
                })
                .onFailure(refused -> {
                    if (tries > 1) {
                        pass(request, tries - 1);
                    } else {
                        request.response().setStatusCode(502).end();
                    }
                });
    }

    private static void pass(HttpServerRequest request, HttpClientRequest onward) {
        onward.headers().setAll(request.headers());
        onward.headers().remove("connection");
        HttpServerResponse response = request.response();
        // why: a body of unknown length would be announced where there is none
        boolean hasBody = request.headers().contains("content-length")
                || request.headers().contains("transfer-encoding");
        (hasBody ? onward.send(request) : onward.send())
                .onSuccess(answer -> passBack(answer, response))
                .onFailure(lost -> {
                    if (!response.ended()) {
                        response.setStatusCode(502).end();
                    }
                });
        if (!hasBody) {
            request.resume();
        }
    }

    private static void passBack(HttpClientResponse answer, HttpServerResponse response) {
        response.setStatusCode(answer.statusCode());
        response.headers().setAll(answer.headers());
        response.headers().remove("connection");
        if (!answer.headers().contains("content-length")) {
            response.setChunked(true);
        }
        answer.pipe().endOnFailure(false).to(response).onFailure(lost -> response.reset());
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
