package org.mcpagentic.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.mcpagentic.localredis.LocalRedis;

/**
 * What keys, limits and audit cost {@code /ask}: two packaged public-mcp-services on one Redis, one with access control on and a key
 * that has every limit, one with it off, take turns. The offline model answers at once, so nothing hides the difference.
 */
final class AccessCost {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CONNECTIONS = 64;
    private static final Duration ROUND = Duration.ofSeconds(3);
    private static final Duration WARM_UP = Duration.ofSeconds(5);

    /** Questions until a JVM has compiled what it will. */
    private static final int WARM_AFTER = 20_000;

    private static final Duration LONGEST_WARM_UP = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Questions one after the other, to each service in turn. */
    private static final int SINGLE_QUESTIONS = 3_000;

    /** As high as they may be: all are counted, and none refuses. */
    private static final String LIMITS = """
            {"requests_per_minute":1000000,"concurrent_tasks":1000000,"concurrent_questions":100000,\
            "tokens_per_day":1000000000000000,"cost_per_day":1000000000}""";

    private static final Buffer QUESTION = Buffer.buffer("{\"query\":\"What is 2 + 2?\"}");

    private AccessCost() {}

    static boolean run(int rounds) throws Exception {
        Vertx vertx = Vertx.vertx();
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions(),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(-1));
        String secret = Credentials.secret();
        try (LocalRedis redis = LocalRedis.builder().installedFirst().start()) {
            String key = aLimitedKey(redis, secret, Credentials.firstKey());
            try (ServiceProcess off = ServiceProcess.start(
                            "public-mcp-service",
                            "256m",
                            Map.of("REDIS_URL", redis.url(), "MODEL", "offline", "ACCESS_ENABLED", "false"));
                    ServiceProcess on = ServiceProcess.start(
                            "public-mcp-service",
                            "256m",
                            Map.of("REDIS_URL", redis.url(), "MODEL", "offline", "ACCESS_SECRET", secret))) {
                return compare(
                        new Side("off", vertx, client, off, Optional.empty()),
                        new Side("on", vertx, client, on, Optional.of(key)),
                        rounds);
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    private static boolean compare(Side off, Side on, int rounds) throws Exception {
        for (long begin = System.nanoTime();
                Math.min(off.answered(), on.answered()) < WARM_AFTER
                        && System.nanoTime() - begin < LONGEST_WARM_UP.toNanos(); ) {
            off.load(WARM_UP);
            on.load(WARM_UP);
        }
        off.forget();
        on.forget();
        List<Double> withoutAccess = new ArrayList<>();
        List<Double> withAccess = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            // why: whoever comes second finds the machine as the first left it
            boolean offFirst = round % 2 == 0;
            double first = (offFirst ? off : on).load(ROUND);
            double second = (offFirst ? on : off).load(ROUND);
            withoutAccess.add(offFirst ? first : second);
            withAccess.add(offFirst ? second : first);
            ratios.add(withAccess.getLast() / withoutAccess.getLast());
        }
        double processorWithout = off.processorMicros();
        double processorWith = on.processorMicros();
        List<Double> alone = new ArrayList<>();
        List<Double> aloneWithAccess = new ArrayList<>();
        for (int i = 0; i < SINGLE_QUESTIONS; i++) {
            alone.add(off.millisOfOne());
            aloneWithAccess.add(on.millisOfOne());
        }
        double ratio = median(withAccess) / median(withoutAccess);
        double added = median(aloneWithAccess) - median(alone);
        System.out.printf(
                "/ask through %d connections, median of %d rounds of %d s each: %,.0f/s with access off, %,.0f/s with it on%n",
                CONNECTIONS, rounds, ROUND.toSeconds(), median(withoutAccess), median(withAccess));
        System.out.printf(
                "ratio %.3f (%s 0.9), of single rounds %.3f to %.3f, median %.3f%n",
                ratio,
                ratio >= 0.9 ? ">=, met:" : "missed:",
                Collections.min(ratios),
                Collections.max(ratios),
                median(ratios));
        System.out.printf(
                "processor time of the service for a question: %.0f us with access off, %.0f us with it on, 1/%.3f%n",
                processorWithout, processorWith, processorWith / processorWithout);
        System.out.printf(
                "one after the other: p50 %.3f ms with access off, %.3f ms with it on, added %.3f ms (%s 0.3 ms)%n",
                median(alone), median(aloneWithAccess), added, added <= 0.3 ? "<=, met:" : "missed:");
        System.out.printf("not answered with 200: %d with access off, %d with it on%n", off.refused(), on.refused());
        return off.refused() == 0 && on.refused() == 0;
    }

    /** Has custom-mcp-service make a key with all limits; what makes keys does not run while questions are asked. */
    private static String aLimitedKey(LocalRedis redis, String secret, String firstKey) throws Exception {
        try (ServiceProcess service = ServiceProcess.start(
                        "custom-mcp-service",
                        "256m",
                        Map.of("REDIS_URL", redis.url(), "ACCESS_SECRET", secret, "ACCESS_FIRST_KEY", firstKey));
                java.net.http.HttpClient client = java.net.http.HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(service.address("/admin/key"))
                    .header("Authorization", "Bearer " + firstKey)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(
                            "{\"name\":\"bench\",\"scopes\":[\"ask\"],\"limits\":%s}".formatted(LIMITS)))
                    .build();
            long end = System.nanoTime() + PATIENCE.toNanos();
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            // why: the first key is made beside the start, and may come a little later than the service is ready
            while (answer.statusCode() == 401 && System.nanoTime() < end) {
                Thread.sleep(100);
                answer = client.send(request, BodyHandlers.ofString());
            }
            if (answer.statusCode() != 201) {
                throw new IOException("no key was made: status " + answer.statusCode());
            }
            return JSON.readTree(answer.body()).path("token").asText();
        }
    }

    private static double median(List<Double> values) {
        List<Double> ascending = values.stream().sorted().toList();
        return ascending.get(ascending.size() / 2);
    }

    /** One of the two services, and who asks it. */
    private static final class Side {

        private final String name;
        private final Context context;
        private final HttpClient client;
        private final ServiceProcess service;
        private final RequestOptions request;
        private final AtomicLong answered = new AtomicLong();
        private final AtomicInteger refused = new AtomicInteger();
        private Duration before;

        Side(String name, Vertx vertx, HttpClient client, ServiceProcess service, Optional<String> key) {
            this.name = name;
            // why: an answer may be over before a thread from outside looks at it
            this.context = vertx.getOrCreateContext();
            this.client = client;
            this.service = service;
            this.before = service.processorTime();
            this.request = new RequestOptions()
                    .setMethod(HttpMethod.POST)
                    .setAbsoluteURI(service.address("/ask").toString())
                    .putHeader("content-type", "application/json");
            key.ifPresent(token -> request.putHeader("authorization", "Bearer " + token));
        }

        int refused() {
            return refused.get();
        }

        long answered() {
            return answered.get();
        }

        /** Counts from now on. */
        void forget() {
            answered.set(0);
            before = service.processorTime();
        }

        /** Processor time of the service for a question, in microseconds, since the last {@link #forget}. */
        double processorMicros() {
            return service.processorTime().minus(before).toNanos() / 1e3 / answered.get();
        }

        /** Asks through all connections, on each one question after the other; returns answers per second. */
        double load(Duration time) throws InterruptedException {
            long already = answered.get();
            CountDownLatch over = new CountDownLatch(CONNECTIONS);
            long begin = System.nanoTime();
            long end = begin + time.toNanos();
            for (int i = 0; i < CONNECTIONS; i++) {
                context.runOnContext(started -> next(end, over));
            }
            if (!over.await(time.plus(PATIENCE).toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("questions without an answer, access " + name);
            }
            return (answered.get() - already) * 1e9 / (System.nanoTime() - begin);
        }

        private void next(long end, CountDownLatch over) {
            if (System.nanoTime() >= end) {
                over.countDown();
                return;
            }
            ask().onComplete(status -> {
                if (status.succeeded() && status.result() == 200) {
                    answered.incrementAndGet();
                } else {
                    refused.incrementAndGet();
                }
                next(end, over);
            });
        }

        double millisOfOne() throws Exception {
            long begin = System.nanoTime();
            Promise<Integer> answer = Promise.promise();
            context.runOnContext(started -> ask().onComplete(answer));
            int status = answer.future()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            double millis = (System.nanoTime() - begin) / 1e6;
            if (status != 200) {
                refused.incrementAndGet();
            }
            return millis;
        }

        private Future<Integer> ask() {
            return client.request(request)
                    .compose(sent -> sent.send(QUESTION))
                    .compose(response -> response.end().map(response.statusCode()));
        }
    }
}
