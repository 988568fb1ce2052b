package org.mcpagentic.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.mcpagentic.localredis.LocalRedis;
import org.mcpagentic.stubmodel.RecordedRequest;
import org.mcpagentic.stubmodel.Reply;
import org.mcpagentic.stubmodel.StubModel;

/**
 * Many questions that are answered at the same time, as streams: how much later the first token comes through
 * public-mcp-service than it left the model, beside the same without the service in between, and what a stream costs the
 * service in memory. Client and model are one process, so that one clock measures.
 */
final class AskStreams {

    private static final int TOKENS = 24;
    private static final Duration BETWEEN = Duration.ofMillis(250);
    private static final Duration FIRST = Duration.ofSeconds(6);
    private static final int SPREAD_MILLIS = 4_000;

    /** Streams that are opened in a millisecond, so that not all connect at once: all are open before the first token. */
    private static final double OPENED_PER_MILLI = 0.25;

    private static final long SEED = 1;

    private AskStreams() {}

    static boolean run(int streams) throws Exception {
        Vertx vertx = Vertx.vertx();
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAliveTimeout(5),
                new PoolOptions().setHttp1MaxSize(streams).setMaxWaitQueueSize(-1));
        try (LocalRedis redis = LocalRedis.start();
                StubModel model =
                        StubModel.builder().keepingRequests(4 * streams).build();
                ServiceProcess service = ServiceProcess.start(
                        "public-mcp-service",
                        "512m",
                        Map.of(
                                "REDIS_URL",
                                redis.url(),
                                "ACCESS_ENABLED",
                                "false",
                                "GEMINI_API_KEY",
                                "none",
                                "GEMINI_BASE_URL",
                                model.geminiBase().toString()))) {
            Random random = new Random(SEED);
            model.answering(request -> Reply.text("token ".repeat(TOKENS))
                    .chunks(TOKENS)
                    .firstTokenAfter(FIRST.plusMillis(random.nextInt(SPREAD_MILLIS)))
                    .between(BETWEEN));
            URI direct = URI.create(model.geminiBase() + "/models/gemini-3.8-flash:streamGenerateContent?alt=sse");

            wave(client, service.address("/ask"), streams, "warm up", AskStreams::question, () -> {});
            Map<String, Instant> through =
                    wave(client, service.address("/ask"), streams, "through", AskStreams::question, () -> {});
            long heapBefore = service.liveHeapBytes();
            long residentBefore = service.residentBytes();
            long[] during = new long[2];
            // why a wave of its own: a full collection stops the service for a while
            wave(client, service.address("/ask"), streams, "weighed", AskStreams::question, () -> {
                during[0] = service.liveHeapBytes();
                during[1] = service.residentBytes();
            });
            Map<String, Instant> without = wave(client, direct, streams, "without", AskStreams::prompt, () -> {});

            double[] delaysThrough = delays(through, model.requests());
            double[] delaysWithout = delays(without, model.requests());
            print("first token, model to client, without the service", delaysWithout);
            print("first token, model to client, through /ask", delaysThrough);
            System.out.printf("added by /ask at the median: %.2f ms%n", middle(delaysThrough) - middle(delaysWithout));
            System.out.printf(
                    "heap of a stream: %.1f KiB; heap in all %.1f MiB before, %.1f MiB while %d streams were open%n",
                    (during[0] - heapBefore) / 1024.0 / streams,
                    heapBefore / 1048576.0,
                    during[0] / 1048576.0,
                    streams);
            System.out.printf(
                    "resident memory: %.1f MiB before, %.1f MiB while they were open%n",
                    residentBefore / 1048576.0, during[1] / 1048576.0);
            System.out.printf(
                    "streams answered: %d through, %d without, of %d each%n", through.size(), without.size(), streams);
            return through.size() == streams && without.size() == streams;
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    private interface Action {
        void run() throws Exception;
    }

    private interface Body {
        Buffer of(String input);
    }

    /** Opens all streams; returns when each showed its first token, by its question; only those that ended well. */
    private static Map<String, Instant> wave(
            HttpClient client, URI address, int streams, String name, Body body, Action whileOpen) throws Exception {
        Map<String, Instant> firsts = new ConcurrentHashMap<>();
        CountDownLatch over = new CountDownLatch(streams);
        AtomicInteger lost = new AtomicInteger();
        Queue<Integer> refused = new ConcurrentLinkedQueue<>();
        long begin = System.nanoTime();
        for (int i = 0; i < streams; i++) {
            long due = begin + (long) (i / OPENED_PER_MILLI * 1e6);
            while (System.nanoTime() < due) {
                Thread.sleep(1);
            }
            String input = name + " " + i + ".";
            RequestOptions options = new RequestOptions()
                    .setMethod(HttpMethod.POST)
                    .setAbsoluteURI(address.toString())
                    .putHeader("content-type", "application/json")
                    .putHeader("accept", "text/event-stream")
                    .putHeader("x-goog-api-key", "none");
            client.request(options)
                    .compose(request -> request.send(body.of(input)))
                    .compose(response -> {
                        if (response.statusCode() != 200) {
                            refused.add(response.statusCode());
                        }
                        return response.handler(chunk -> {
                                    // why by the word: what comes before the first token is comments
                                    if (response.statusCode() == 200
                                            && !firsts.containsKey(input)
                                            && chunk.toString().contains("token")) {
                                        firsts.put(input, Instant.now());
                                    }
                                })
                                .end();
                    })
                    .onComplete(ended -> {
                        if (ended.failed()) {
                            firsts.remove(input);
                            lost.incrementAndGet();
                        }
                        over.countDown();
                    });
        }
        // why then: all are open, and all have been asked
        Thread.sleep(FIRST.toMillis());
        whileOpen.run();
        if (!over.await(2, TimeUnit.MINUTES)) {
            System.out.println("streams that did not end: " + over.getCount());
        }
        if (!refused.isEmpty()) {
            System.out.println(name + ": refused with status "
                    + refused.stream().collect(Collectors.groupingBy(status -> status, Collectors.counting())));
        }
        if (lost.get() > 0) {
            System.out.println("streams that broke: " + lost.get());
        }
        return firsts;
    }

    private static Buffer question(String input) {
        return Buffer.buffer("{\"query\":\"" + input + "\"}");
    }

    private static Buffer prompt(String input) {
        return Buffer.buffer("{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"" + input + "\"}]}]}");
    }

    /** Milliseconds from the first byte that left the model to the first that came, in ascending order. */
    private static double[] delays(Map<String, Instant> firsts, List<RecordedRequest> requests) {
        Map<String, Instant> left = new ConcurrentHashMap<>();
        requests.forEach(request -> request.understood()
                .ifPresent(understood -> request.answeredAt().ifPresent(at -> left.put(understood.input(), at))));
        return firsts.entrySet().stream()
                .filter(first -> left.containsKey(first.getKey()))
                .mapToDouble(first ->
                        Duration.between(left.getOrDefault(first.getKey(), Instant.EPOCH), first.getValue())
                                        .toNanos()
                                / 1e6)
                .sorted()
                .toArray();
    }

    private static void print(String what, double[] millis) {
        if (millis.length == 0) {
            System.out.println(what + ": nothing came");
            return;
        }
        System.out.printf(
                "%s: p50 %.2f ms, p90 %.2f ms, p99 %.2f ms, max %.2f ms (%d streams)%n",
                what,
                middle(millis),
                millis[(int) (millis.length * 0.9)],
                millis[(int) (millis.length * 0.99)],
                Arrays.stream(millis).max().orElse(0),
                millis.length);
    }

    private static double middle(double[] ascending) {
        return ascending.length == 0 ? Double.NaN : ascending[ascending.length / 2];
    }
}
