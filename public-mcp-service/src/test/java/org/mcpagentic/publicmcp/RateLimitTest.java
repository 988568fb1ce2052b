package org.mcpagentic.publicmcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mcpagentic.access.Limits;
import org.mcpagentic.access.Rights;
import org.mcpagentic.access.Scope;
import org.mcpagentic.access.credential.ApiKeys;
import org.mcpagentic.access.credential.NewApiKey;
import org.mcpagentic.publicmcp.support.AccessOn;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.TenantId;
import org.mcpagentic.testsupport.RedisOfTests;
import org.mcpagentic.testsupport.Refusals;

@QuarkusTest
@TestProfile(AccessOn.class)
@WithTestResource(RedisOfTests.class)
class RateLimitTest {

    private static final int REQUESTS = 1_000;
    private static final int CLIENTS = 100;
    private static final int PER_MINUTE = 100;
    private static final Duration INTERVAL = Duration.ofMinutes(1).dividedBy(PER_MINUTE);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    ApiKeys keys;

    @Test
    void aThousandReadsAndQuestionsOfAHundredClientsPassAsOftenAsTheRateAllows() throws InterruptedException {
        String key = aKey(PER_MINUTE);
        warmUp(aKey(1_000_000));
        try (ExecutorService clients =
                Executors.newFixedThreadPool(CLIENTS, Thread.ofVirtual().factory())) {
            long begin = System.nanoTime();

            List<HttpResponse<String>> answers = clients
                    .invokeAll(IntStream.range(0, REQUESTS)
                            .<Callable<HttpResponse<String>>>mapToObj(number -> () -> send(number, key))
                            .toList())
                    .stream()
                    .map(Future::resultNow)
                    .toList();

            int gotBack = (int) Duration.ofNanos(System.nanoTime() - begin).dividedBy(INTERVAL);
            List<HttpResponse<String>> refused = answers.stream()
                    .filter(answer -> answer.statusCode() != 200)
                    .toList();
            assertThat(REQUESTS - refused.size()).isBetween(PER_MINUTE, PER_MINUTE + gotBack);
            assertThat(refused.stream().map(RateLimitTest::problem)).containsOnly("429 rate_limited");
            assertThat(answers)
                    .allSatisfy(answer -> assertThat(header(answer, "RateLimit-Policy"))
                            .isEqualTo("\"minute\";q=" + PER_MINUTE + ";w=60"));
            assertThat(answers)
                    .allSatisfy(answer -> assertThat(header(answer, "RateLimit"))
                            .as(answer.request().uri() + " " + answer.statusCode())
                            .matches("\"minute\";r=\\d+;t=\\d+"));
            assertThat(refused).allSatisfy(answer -> {
                assertThat(Long.parseLong(header(answer, "Retry-After"))).isPositive();
                assertThat(header(answer, "RateLimit")).startsWith("\"minute\";r=0;");
            });
            assertThat(refused.stream().map(HttpResponse::request).map(HttpRequest::method))
                    .contains("GET", "POST");
        }
    }

    /** Why: a JVM that has just started may keep so many callers waiting for longer than it waits for the store. */
    private static void warmUp(String key) {
        for (int i = 0; i < 400; i++) {
            assertThat(send(i, key).statusCode()).isEqualTo(200);
        }
    }

    private static HttpResponse<String> send(int number, String key) {
        HttpRequest.Builder request =
                number % 2 == 0 ? Refusals.request("/model") : Refusals.post("/ask", "{\"query\":\"What is 2 + 2?\"}");
        return Refusals.send(request.header("Authorization", "Bearer " + key));
    }

    private static String problem(HttpResponse<String> answer) {
        return answer.statusCode() + " " + JsonPath.from(answer.body()).getString("code");
    }

    private String aKey(int perMinute) {
        Limits limits = new Limits(
                OptionalInt.of(perMinute),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalLong.empty(),
                OptionalLong.empty());
        NewApiKey wanted = new NewApiKey(
                TenantId.DEFAULT,
                "flood",
                Rights.of(Scope.ASK, Scope.STATISTICS_READ),
                limits,
                Optional.empty(),
                new OwnerId("tester"));
        return keys.create(wanted)
                .await()
                .atMost(PATIENCE)
                .orElseThrow()
                .token()
                .text();
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
