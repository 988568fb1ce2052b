package org.mcpagentic.models.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.agent.model.ModelException.Kind;

class WireClientTest {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final WireSettings SETTINGS =
            new WireSettings(Duration.ofSeconds(5), 100, 1 << 16, 1 << 20, false, Optional.empty());

    private static Vertx vertx;

    private WireClient client = client(SETTINGS);

    /** Passes on each payload as it is, and {@code .} at the end; {@code [DONE]} is an end. */
    private static final class Echo implements AnswerReader<String> {

        @Override
        public boolean read(String payload, Consumer<? super String> out) {
            if (payload.equals("[DONE]")) {
                return true;
            }
            if (payload.equals("bad")) {
                throw new Failures("stub").unusable("said bad");
            }
            out.accept(payload);
            return false;
        }

        @Override
        public void end(Consumer<? super String> out) {
            out.accept(".");
        }

        @Override
        public ModelException refused(Refusal refusal) {
            return new Failures("stub")
                    .of(Kind.PERMANENT, refusal.status() + " " + refusal.body(), refusal.retryAfter());
        }
    }

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @AfterEach
    void close() {
        client.close().await().atMost(Duration.ofSeconds(5));
    }

    @Test
    void postsJsonWithItsHeaders() {
        try (RawServer server = RawServer.answering(200, "application/json", "{}")) {
            WireRequest request = new WireRequest(
                    "stub",
                    server.base().resolve("/v1/x:y?alt=sse"),
                    Map.of("x-goog-api-key", "secret"),
                    Buffer.buffer("{\"grüß\":1}"));

            AssertSubscriber<String> heard = ask(request);

            heard.awaitCompletion(Duration.ofSeconds(5));
            assertThat(heard.getItems()).containsExactly("{}", ".");
            assertThat(server.requests())
                    .singleElement()
                    .satisfies(sent -> assertThat(sent)
                            .startsWith("POST /v1/x:y?alt=sse HTTP/1.1\r\n")
                            .containsIgnoringCase("\r\nhost: 127.0.0.1:" + server.port() + "\r\n")
                            .containsIgnoringCase("\r\ncontent-type: application/json\r\n")
                            .containsIgnoringCase("\r\nx-goog-api-key: secret\r\n")
                            .containsIgnoringCase("\r\ncontent-length: 12\r\n")
                            .endsWith("\r\n\r\n{\"grüß\":1}"));
        }
    }

    @Test
    void passesEachEventOnAsSoonAsItIsThere() {
        CountDownLatch seen = new CountDownLatch(1);
        try (RawServer server = RawServer.answering(line -> {
            line.send(RawServer.STREAM_HEAD);
            line.sendChunk("data: one\n\n");
            assertThat(seen.await(5, TimeUnit.SECONDS)).isTrue();
            line.sendChunk("data: two\n\n");
            line.sendLastChunk();
        })) {
            AssertSubscriber<String> heard = ask(server);
            heard.awaitItems(1, Duration.ofSeconds(5));

            seen.countDown();

            heard.awaitCompletion(Duration.ofSeconds(5));
            assertThat(heard.getItems()).containsExactly("one", "two", ".");
        }
    }

    @RepeatedTest(20)
    void hearsTheSameHoweverTheBytesAreSplit(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        byte[] events = "data: grüß 😀\r\n\r\ndata: a\rdata: b\r\r: c\n\ndata: {}\n\n".getBytes(StandardCharsets.UTF_8);
        int[] cuts =
                random.ints(random.nextInt(12), 0, events.length + 1).sorted().toArray();
        try (RawServer server = RawServer.answering(line -> {
            line.send(RawServer.STREAM_HEAD);
            int begin = 0;
            for (int cut : cuts) {
                if (cut > begin) {
                    line.sendChunk(Arrays.copyOfRange(events, begin, cut));
                    Thread.sleep(random.nextInt(3));
                    begin = cut;
                }
            }
            line.sendChunk(Arrays.copyOfRange(events, begin, events.length));
            line.sendLastChunk();
        })) {
            assertThat(hear(server)).containsExactly("grüß 😀", "a\nb", "{}", ".");
        }
    }

    @Test
    void callsAStreamThatEndsWithoutItsLastChunkCut() {
        try (RawServer server = RawServer.answering(line -> {
            line.send(RawServer.STREAM_HEAD);
            line.sendChunk("data: one\n\n");
            line.close();
        })) {
            AssertSubscriber<String> heard = ask(server);

            assertThat(failure(heard)).satisfies(failure -> {
                assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
                assertThat(failure).hasMessage("the model \"stub\" stopped in the middle of its answer");
            });
            assertThat(heard.getItems()).containsExactly("one");
        }
    }

    @Test
    void callsABodyThatIsShorterThanItsLengthCut() {
        try (RawServer server = RawServer.answering(line -> {
            line.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{}");
            line.close();
        })) {
            assertThat(failure(ask(server)).kind()).isEqualTo(Kind.TRANSIENT);
        }
    }

    @Test
    void callsAConnectionThatClosesBeforeTheAnswerBroken() {
        try (RawServer server = RawServer.answering(RawServer.Line::close)) {
            assertThat(failure(ask(server)))
                    .hasMessage("the model \"stub\" did not answer: the connection to 127.0.0.1 broke")
                    .extracting(ModelException::kind)
                    .isEqualTo(Kind.TRANSIENT);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000\u0001\u0002 garbage\r\n\r\n",
                "HTTP/1.1 abc OK\r\n\r\n",
                "HTTP/9.9 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n"
            })
    void callsWhatIsNotHttpBroken(String answer) {
        try (RawServer server = RawServer.answering(line -> {
            line.send(answer);
            line.close();
        })) {
            assertThat(failure(ask(server)).kind()).isEqualTo(Kind.TRANSIENT);
        }
    }

    @Test
    void callsAServerThatIsNotThereAway() throws IOException {
        int port;
        try (ServerSocket closing = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closing.getLocalPort();
        }

        ModelException failure = failure(ask(request(URI.create("http://127.0.0.1:" + port))));

        assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
        assertThat(failure).hasMessage("the model \"stub\" cannot be reached: 127.0.0.1 does not take connections");
    }

    @Test
    void callsANameThatNobodyKnowsUnknown() {
        ModelException failure = failure(ask(request(URI.create("http://model.invalid"))));

        assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
        assertThat(failure).hasMessage("the model \"stub\" cannot be reached: the name model.invalid is not known");
    }

    @Test
    void waitsForAConnectionNoLongerThanItMay() {
        client = client(new WireSettings(Duration.ofMillis(200), 1, 1 << 16, 1 << 20, false, Optional.empty()));
        try (RawServer server = RawServer.answering(line -> line.isClosedWithin(Duration.ofSeconds(10)))) {
            CompletableFuture<AssertSubscriber<String>> second = new CompletableFuture<>();
            // why on one event loop: each has connections of its own
            vertx.runOnContext(loop -> {
                ask(server);
                second.complete(ask(server));
            });

            ModelException failure = failure(second.join());

            assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
            assertThat(failure).hasMessage("the model \"stub\" cannot be reached: no connection to 127.0.0.1 in time");
        }
    }

    @Test
    void keepsConnectionsForTheNextRequest() {
        try (RawServer server = RawServer.streaming("data: one\n\n")) {
            CompletableFuture<AssertSubscriber<String>> second = new CompletableFuture<>();
            vertx.runOnContext(loop -> client.post(request(server.base()), Echo::new)
                    .onCompletion()
                    // why later: the connection is free once its answer has been told of
                    .invoke(() -> vertx.setTimer(1, later -> second.complete(ask(server))))
                    .subscribe()
                    .with(item -> {}));

            second.join().awaitCompletion(Duration.ofSeconds(5));

            assertThat(server.requests()).hasSize(2);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void isDoneWhenTheContentIsWhateverTheServerDoesThen() {
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        try (RawServer server = RawServer.answering(line -> {
            line.send(RawServer.STREAM_HEAD);
            line.sendChunk("data: one\n\ndata: [DONE]\n\ndata: two\n\n");
            closed.complete(line.isClosedWithin(Duration.ofSeconds(5)));
        })) {
            AssertSubscriber<String> heard = ask(server);

            heard.awaitCompletion(Duration.ofMillis(900));

            assertThat(heard.getItems()).containsExactly("one", ".");
            assertThat(closed.join()).isTrue();
        }
    }

    @Test
    void closesTheConnectionWhenNobodyListensAnyMore() {
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        try (RawServer server = RawServer.answering(line -> {
            line.send(RawServer.STREAM_HEAD);
            line.sendChunk("data: one\n\n");
            closed.complete(line.isClosedWithin(SOON));
        })) {
            AssertSubscriber<String> heard = ask(server);
            heard.awaitItems(1, Duration.ofSeconds(5));

            heard.cancel();

            assertThat(closed.join()).isTrue();
        }
    }

    @Test
    void closesTheConnectionWhenNobodyWaitsForTheFirstByteAnyMore() {
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        CountDownLatch asked = new CountDownLatch(1);
        try (RawServer server = RawServer.answering(line -> {
            asked.countDown();
            closed.complete(line.isClosedWithin(SOON));
        })) {
            AssertSubscriber<String> heard = ask(server);
            await(asked);

            heard.cancel();

            assertThat(closed.join()).isTrue();
        }
    }

    @Test
    void asksNobodyWhenItIsCancelledBeforeItIsConnected() {
        try (RawServer server = RawServer.streaming("data: one\n\n")) {
            CompletableFuture<Void> cancelled = new CompletableFuture<>();
            vertx.runOnContext(loop -> {
                ask(server).cancel();
                cancelled.complete(null);
            });
            cancelled.join();

            assertThat(hear(server)).containsExactly("one", ".");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void takesNoMoreThanIsAskedFor() {
        AtomicLong sent = new AtomicLong();
        client = client(new WireSettings(SOON, 100, 1 << 20, 1L << 30, false, Optional.empty()));
        byte[] event = ("data: " + "x".repeat(100_000) + "\n\n").getBytes(StandardCharsets.UTF_8);
        try (RawServer server = RawServer.answering(line -> {
            line.send(RawServer.STREAM_HEAD);
            for (int i = 0; i < 400; i++) {
                line.sendChunk(event);
                sent.incrementAndGet();
            }
            line.sendLastChunk();
        })) {
            AssertSubscriber<String> heard = client.post(request(server.base()), Echo::new)
                    .subscribe()
                    .withSubscriber(AssertSubscriber.create(2));
            heard.awaitItems(2, Duration.ofSeconds(5));
            long before = settled(sent);

            assertThat(before).as("events of 100 kB in flight").isLessThan(150);
            assertThat(heard.getItems()).hasSize(2);

            heard.request(Long.MAX_VALUE);
            heard.awaitCompletion(Duration.ofSeconds(20));
            assertThat(heard.getItems()).hasSize(401);
        }
    }

    @RepeatedTest(20)
    void neverClosesAConnectionThatServesSomeoneElseAlready() {
        CountDownLatch go = new CountDownLatch(1);
        try (RawServer server = RawServer.answering(line -> {
            line.send(RawServer.STREAM_HEAD);
            line.sendChunk("data: one\n\n");
            line.sendChunk("data: two\n\n");
            line.sendLastChunk();
            go.await(200, TimeUnit.MILLISECONDS);
        })) {
            CompletableFuture<AssertSubscriber<String>> first = new CompletableFuture<>();
            CompletableFuture<AssertSubscriber<String>> second = new CompletableFuture<>();
            vertx.runOnContext(loop -> {
                AssertSubscriber<String> reading = client.post(request(server.base()), Echo::new)
                        .subscribe()
                        .withSubscriber(AssertSubscriber.create(1));
                first.complete(reading);
                // why: the first answer has ended by then, of which only the first event was asked for
                vertx.setTimer(50, later -> {
                    AssertSubscriber<String> next = ask(server);
                    reading.cancel();
                    second.complete(next);
                });
            });

            second.join().awaitCompletion(Duration.ofSeconds(5));

            assertThat(first.join().getItems()).containsExactly("one");
            assertThat(second.join().getItems()).containsExactly("one", "two", ".");
        }
    }

    @Test
    void givesUpAnEventBeyondTheBound() {
        try (RawServer server = RawServer.answering(line -> {
            line.send(RawServer.STREAM_HEAD);
            line.sendChunk("data: one\n\ndata: ");
            while (!line.isClosedWithin(Duration.ofMillis(1))) {
                line.sendChunk("x".repeat(10_000));
            }
        })) {
            AssertSubscriber<String> heard = ask(server);

            assertThat(failure(heard).kind()).isEqualTo(Kind.UNUSABLE);
            assertThat(heard.getItems()).containsExactly("one");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream", "application/json"})
    void givesUpAnAnswerBeyondTheBound(String type) {
        try (RawServer server = RawServer.answering(line -> {
            line.send("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\n\r\n");
            while (!line.isClosedWithin(Duration.ofMillis(1))) {
                line.send((": " + "x".repeat(1000) + "\n").repeat(50));
            }
        })) {
            assertThat(failure(ask(server)))
                    .hasMessage("the model \"stub\" sent an answer of more than 1048576 bytes")
                    .extracting(ModelException::kind)
                    .isEqualTo(Kind.UNUSABLE);
        }
    }

    @Test
    void passesOnWhatCameBeforeAFailure() {
        try (RawServer server = RawServer.streaming("data: one\n\ndata: bad\n\ndata: two\n\n")) {
            AssertSubscriber<String> heard = ask(server);

            assertThat(failure(heard)).hasMessage("the model \"stub\" said bad");
            assertThat(heard.getItems()).containsExactly("one");
        }
    }

    @Test
    void readsRefusalsWithTheirHeaders() {
        try (RawServer server = RawServer.answering(
                line -> line.send("HTTP/1.1 429 Slow\r\nRetry-After: 7\r\nContent-Length: 4\r\n\r\nslow"))) {
            ModelException failure = failure(ask(server));

            assertThat(failure).hasMessage("the model \"stub\" 429 slow");
            assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
        }
    }

    @Test
    void readsRefusalsAsFarAsTheyGo() {
        try (RawServer server = RawServer.answering(line -> {
            line.send("HTTP/1.1 500 Broken\r\n\r\n");
            while (!line.isClosedWithin(Duration.ofMillis(1))) {
                line.send("x".repeat(10_000));
            }
        })) {
            assertThat(failure(ask(server)).getMessage())
                    .startsWith("the model \"stub\" 500 xxx")
                    .hasSize("the model \"stub\" 500 ".length() + Refusal.MOST_BYTES);
        }
    }

    @Test
    void readsARefusalWhoseBodyIsCut() {
        try (RawServer server = RawServer.answering(line -> {
            line.send("HTTP/1.1 401 No\r\nContent-Length: 100\r\n\r\nwho");
            line.close();
        })) {
            assertThat(failure(ask(server))).hasMessage("the model \"stub\" 401 who");
        }
    }

    @Test
    void readsARefusalThoughNothingWasAskedForYet() {
        try (RawServer server = RawServer.answering(503, "text/plain", "no")) {
            AssertSubscriber<String> heard = client.post(request(server.base()), Echo::new)
                    .subscribe()
                    .withSubscriber(AssertSubscriber.create(0));

            heard.awaitFailure(Duration.ofSeconds(5));

            assertThat(heard.getFailure()).hasMessage("the model \"stub\" 503 no");
        }
    }

    @Test
    void followsNobodyElsewhere() {
        try (RawServer elsewhere = RawServer.streaming("data: one\n\n");
                RawServer server = RawServer.answering(line -> line.send(
                        "HTTP/1.1 307 There\r\nLocation: " + elsewhere.base() + "/\r\nContent-Length: 0\r\n\r\n"))) {
            assertThat(failure(ask(server))).hasMessage("the model \"stub\" 307 ");
            assertThat(elsewhere.connections()).isZero();
        }
    }

    @Test
    void staysOnTheEventLoopThatAsks() {
        try (RawServer server = RawServer.streaming("data: one\n\ndata: two\n\n")) {
            CompletableFuture<List<Boolean>> same = new CompletableFuture<>();
            vertx.runOnContext(loop -> {
                Thread asking = Thread.currentThread();
                client.post(request(server.base()), Echo::new)
                        .map(item -> Thread.currentThread() == asking)
                        .collect()
                        .asList()
                        .subscribe()
                        .with(same::complete);
            });

            assertThat(same.join()).containsExactly(true, true, true);
        }
    }

    @Test
    void readsAnAnswerOnTheEventLoopOfItsConnection() throws InterruptedException {
        Set<Thread> loops = ConcurrentHashMap.newKeySet();
        try (RawServer server = RawServer.streaming("data: one\n\n")) {
            for (int i = 0; i < 4; i++) {
                CompletableFuture<Void> over = new CompletableFuture<>();
                // why a thread for each: it is given an event loop of its own
                Thread.ofPlatform()
                        .start(() -> client.post(request(server.base()), Echo::new)
                                .onCompletion()
                                .invoke(() -> over.complete(null))
                                .subscribe()
                                .with(item -> loops.add(Thread.currentThread())))
                        .join();
                over.join();
            }

            assertThat(loops).hasSizeGreaterThan(1);
            assertThat(server.connections()).isGreaterThanOrEqualTo(loops.size());
        }
    }

    @Test
    void failsWhatIsAskedAfterItIsClosed() {
        try (RawServer server = RawServer.streaming("data: one\n\n")) {
            client.close().await().atMost(Duration.ofSeconds(5));

            assertThat(failure(ask(server)).kind()).isEqualTo(Kind.TRANSIENT);
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void showsNoKeyAndNoBody() {
        WireRequest request = new WireRequest(
                "stub",
                URI.create("http://localhost/x"),
                Map.of("Authorization", "Bearer secret"),
                Buffer.buffer("private"));

        assertThat(request.toString()).isEqualTo("WireRequest[model=stub, host=localhost]");
    }

    private static WireClient client(WireSettings settings) {
        return new WireClient(vertx(), settings, InstantSource.fixed(Instant.parse("2026-11-22T10:00:00Z")));
    }

    private static Vertx vertx() {
        return vertx;
    }

    private List<String> hear(RawServer server) {
        AssertSubscriber<String> heard = ask(server);
        heard.awaitCompletion(Duration.ofSeconds(5));
        return heard.getItems();
    }

    private AssertSubscriber<String> ask(RawServer server) {
        return ask(request(server.base()));
    }

    private AssertSubscriber<String> ask(WireRequest request) {
        return client.post(request, Echo::new).subscribe().withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
    }

    private static WireRequest request(URI address) {
        return new WireRequest("stub", address, Map.of(), Buffer.buffer("{}"));
    }

    private static ModelException failure(AssertSubscriber<String> heard) {
        heard.awaitFailure(Duration.ofSeconds(10));
        assertThat(heard.getFailure()).isInstanceOf(ModelException.class);
        return (ModelException) heard.getFailure();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The count once it has stood still for a while. */
    private static long settled(AtomicLong count) {
        long last = -1;
        while (last != count.get()) {
            last = count.get();
            pause(Duration.ofMillis(300));
        }
        return last;
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
