package org.mcpagentic.custommcp.support;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.mcpagentic.access.credential.KeyId;
import org.mcpagentic.access.token.Token;
import org.mcpagentic.testsupport.Until;

/** Callers prove who they are; the configuration names the first key. Posting notes takes a person. */
public class AccessOn implements QuarkusTestProfile {

    /** Of tenant {@code default}, with all rights. Why not random: tests and their profile are loaded apart from each other. */
    public static final Token FIRST =
            new Token(Token.Kind.KEY, 0, "f1rstkey0ftests0", "first-key-of-the-tests-of-this-service-0000");

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.ofEntries(
                Map.entry("access.enabled", "true"),
                Map.entry("access.secret", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="),
                Map.entry("access.first-key", FIRST.text()),
                Map.entry("access.cache", "0s"),
                Map.entry("tests.post-note", "true"),
                // why the hash: no other test with access uses it
                Map.entry("approval.rules[0].tool", "hash"),
                Map.entry("approval.rules[0].verdict", "ask"),
                Map.entry("approval.rules[1].tool", "post_note"),
                Map.entry("approval.rules[1].arguments[0].pointer", "/text"),
                Map.entry("approval.rules[1].arguments[0].matches", "never.*"),
                Map.entry("approval.rules[1].verdict", "deny"),
                Map.entry("approval.rules[1].reason", "nobody says never"),
                Map.entry("remote.trusted", "127.0.0.1:9"),
                Map.entry("edge.unauthenticated-per-minute", "0"));
    }

    /** A request of a key's holder. */
    public static RequestSpecification as(String token) {
        return RestAssured.given().auth().oauth2(token).contentType(ContentType.JSON);
    }

    /** A request of the first key's holder; waits until that key is made. */
    public static RequestSpecification first() {
        Until.holds(
                "the first key is made",
                Duration.ofSeconds(10),
                () -> as(FIRST.text()).get("/stats").statusCode() == 200);
        return as(FIRST.text());
    }

    /** The token of a new key. */
    public static String key(String tenant, String... scopes) {
        if (!tenant.equals("default")) {
            first().body(Map.of("tenant", tenant)).post("/admin/tenant");
        }
        return first().body(Map.of("name", "test", "tenant", tenant, "scopes", List.of(scopes)))
                .post("/admin/key")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }

    /** The id of the key that a token is for. */
    public static String idOf(String token) {
        return KeyId.of(Token.parse(token).orElseThrow()).value();
    }
}
