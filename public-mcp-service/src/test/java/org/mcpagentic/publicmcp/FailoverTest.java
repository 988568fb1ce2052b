package org.mcpagentic.publicmcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.mcpagentic.localredis.LocalRedisSentinels;
import org.mcpagentic.testsupport.SentinelsOfTests;

/** The service as it is configured to ask Sentinels. */
@QuarkusTest
@WithTestResource(SentinelsOfTests.class)
class FailoverTest {

    private static final Duration FOUND_AGAIN = Duration.ofSeconds(30);

    @SuppressWarnings("NullAway.Init") // why: the test resource injects it
    LocalRedisSentinels redis;

    @Test
    void answersAgainOnceAnotherRedisIsTheMaster() {
        assertThat(status()).isEqualTo(200);
        redis.master().kill();

        assertThat(status()).isEqualTo(503);

        long end = System.nanoTime() + FOUND_AGAIN.toNanos();
        while (status() != 200) {
            assertThat(System.nanoTime()).as("it answers again").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        assertThat(RestAssured.get("/q/health/ready").statusCode()).isEqualTo(200);
    }

    private static int status() {
        return RestAssured.given()
                .contentType(ContentType.JSON)
                .body(Map.of("query", "What is 2 + 2?", "model", "offline"))
                .post("/ask")
                .statusCode();
    }
}
