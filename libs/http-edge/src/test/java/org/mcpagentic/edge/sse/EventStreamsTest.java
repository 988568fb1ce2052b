package org.mcpagentic.edge.sse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mcpagentic.edge.access.StandingRight;
import org.mcpagentic.edge.problem.ProblemCode;
import org.mcpagentic.edge.problem.ProblemException;

/** The bounds in time, with times short enough to wait for. */
class EventStreamsTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void commentsBreakTheSilence() throws Exception {
        EventStreams streams = new EventStreams(
                new ObjectMapper(), Duration.ofMillis(50), Duration.ofSeconds(30), Duration.ofSeconds(30));

        try (Socket socket = ask(streams, Multi.createFrom().nothing())) {
            long comments = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .lines()
                    .filter(":"::equals)
                    .limit(4)
                    .count();
            assertThat(comments).isEqualTo(4);
        }
    }

    @Test
    void aClientThatNeverReadsIsGivenUp() throws Exception {
        EventStreams streams = new EventStreams(
                new ObjectMapper(), Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofSeconds(30));
        CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
        Multi<ServerSentEvent> flood = Multi.createBy()
                .repeating()
                .supplier(() -> ServerSentEvent.passing("flood", "x".repeat(100_000)))
                .indefinitely()
                .onCancellation()
                .invoke(() -> cancelled.complete(true));

        try (Socket socket = ask(streams, flood)) {
            assertThat(cancelled.get(10, TimeUnit.SECONDS)).isTrue();
            assertThat(socket.isConnected()).isTrue();
        }
    }

    @Test
    void endsWhereTheClientMayNotSeeItAnyMore() throws Exception {
        EventStreams streams = new EventStreams(
                new ObjectMapper().findAndRegisterModules(),
                Duration.ofSeconds(15),
                Duration.ofSeconds(30),
                Duration.ofMillis(50));
        AtomicInteger asked = new AtomicInteger();
        StandingRight outageThenRevoked = () -> Uni.createFrom()
                .failure(
                        asked.incrementAndGet() < 3
                                ? new IllegalStateException("nobody can say")
                                : new ProblemException(ProblemCode.UNAUTHENTICATED, "not any more"));

        try (Socket socket = ask(streams, Multi.createFrom().nothing(), outageThenRevoked)) {
            boolean told = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .lines()
                    .anyMatch(line -> line.contains("\"code\":\"unauthenticated\""));
            assertThat(told).isTrue();
            assertThat(asked).hasValue(3);
        }
    }

    private Socket ask(EventStreams streams, Multi<ServerSentEvent> events) throws Exception {
        return ask(streams, events, () -> Uni.createFrom().voidItem());
    }

    private Socket ask(EventStreams streams, Multi<ServerSentEvent> events, StandingRight right) throws Exception {
        Router router = Router.router(vertx);
        router.get("/").handler(routing -> {
            right.attachTo(routing);
            streams.send(routing, events).subscribe().with(ended -> {});
        });
        HttpServer server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        return open(server.actualPort());
    }

    private static Socket open(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
