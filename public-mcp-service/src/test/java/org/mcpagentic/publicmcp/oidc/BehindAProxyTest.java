package org.mcpagentic.publicmcp.oidc;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.config.HttpClientConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.specification.RequestSpecification;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(BehindAProxy.class)
class BehindAProxyTest {

    /** From an address that nobody trusts. */
    private static RequestSpecification asAnybody() {
        try {
            InetAddress other = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
            return given().config(RestAssuredConfig.config()
                    .httpClient(HttpClientConfig.httpClientConfig().setParam("http.route.local-address", other)));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RequestSpecification passedOn(RequestSpecification from, String client) {
        return from.header("X-Forwarded-For", client)
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "agents.example")
                .header("X-Forwarded-Prefix", "/public");
    }

    @Test
    void aClientIsPointedAtTheMetadataAtTheRootOfTheHostThatItAsked() {
        String challenge = passedOn(given(), "198.51.100.1")
                .contentType("application/json")
                .body("{}")
                .post("/mcp")
                .then()
                .statusCode(401)
                .extract()
                .header("WWW-Authenticate");

        assertThat(challenge)
                .isEqualTo("Bearer resource_metadata="
                        + "\"https://agents.example/.well-known/oauth-protected-resource/public/mcp\"");
    }

    @Test
    void theMetadataNameTheResourceAsTheClientReachesIt() {
        passedOn(given(), "198.51.100.2")
                .get("/.well-known/oauth-protected-resource/mcp")
                .then()
                .statusCode(200)
                .body("resource", equalTo("https://agents.example/public/mcp"));
        passedOn(given(), "198.51.100.2")
                .get("/.well-known/oauth-protected-resource/public/mcp")
                .then()
                .statusCode(200)
                .body("resource", equalTo("https://agents.example/public/mcp"));
    }

    @Test
    void strangersAreCountedByTheAddressThatTheProxyNames() {
        int[] first = statuses(given(), "198.51.100.3", BehindAProxy.STRANGERS_REQUESTS + 1);
        int[] other = statuses(given(), "198.51.100.4", 1);

        assertThat(first).startsWith(401).endsWith(429);
        assertThat(other).containsExactly(401);
    }

    @Test
    void whoeverWritesTheHeaderHimselfIsCountedByHisOwnAddress() {
        int[] statuses = IntStream.rangeClosed(0, BehindAProxy.STRANGERS_REQUESTS)
                .map(i -> statuses(asAnybody(), "198.51.100." + (10 + i), 1)[0])
                .toArray();

        assertThat(statuses).startsWith(401).endsWith(429);
    }

    private static int[] statuses(RequestSpecification from, String client, int requests) {
        return IntStream.range(0, requests)
                .map(i -> passedOn(from.given(), client).get("/stats").statusCode())
                .toArray();
    }
}
