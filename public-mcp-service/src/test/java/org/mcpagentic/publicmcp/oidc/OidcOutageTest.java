package org.mcpagentic.publicmcp.oidc;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mcpagentic.testsupport.LocalIssuer;
import org.mcpagentic.testsupport.RedisOfTests;

@QuarkusTest
@TestProfile(OidcOutageTest.NobodyIsThere.class)
class OidcOutageTest {

    private static final String ISSUER = "http://127.0.0.1:1";

    /** A service whose provider cannot be reached. */
    public static final class NobodyIsThere implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "access.enabled",
                    "true",
                    "access.secret",
                    "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
                    "access.oidc.issuer",
                    ISSUER,
                    "access.oidc.audience",
                    LocalIssuer.AUDIENCE);
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(RedisOfTests.class));
        }
    }

    @Test
    void whetherATokenIsGoodIsUnknownAndTheAnswerSaysSo() {
        try (LocalIssuer another = LocalIssuer.start()) {
            String token = another.accessToken()
                    .with("iss", ISSUER)
                    .with("scope", "ask")
                    .token();

            given().header("Authorization", "Bearer " + token)
                    .contentType("application/json")
                    .body("{\"query\":\"hello\"}")
                    .post("/ask")
                    .then()
                    .statusCode(503)
                    .header("Retry-After", "2")
                    .body("code", equalTo("identity_provider_unavailable"));
        }
    }

    @Test
    void whatIsNoTokenOfThatProviderIsRefusedAsEver() {
        given().header("Authorization", "Bearer nonsense")
                .get("/stats")
                .then()
                .statusCode(401)
                .body("code", equalTo("unauthenticated"));
    }
}
