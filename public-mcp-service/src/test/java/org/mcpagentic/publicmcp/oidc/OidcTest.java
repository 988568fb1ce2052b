package org.mcpagentic.publicmcp.oidc;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.testsupport.LocalIssuer;
import org.mcpagentic.testsupport.Mint;

@QuarkusTest
@TestProfile(AccessByOidc.class)
class OidcTest {

    private static final String POINTER =
            "resource_metadata=\"https://agents.example/.well-known/oauth-protected-resource/public/mcp\"";

    @SuppressWarnings("NullAway.Init") // why: the test resource injects it
    LocalIssuer issuer;

    @Test
    void aPersonWithTheScopeIsAnswered() {
        ask(token("ada", "ask"))
                .then()
                .statusCode(200)
                .body("response", notNullValue())
                .header("RateLimit-Policy", containsString("q=" + AccessByOidc.REQUESTS));
    }

    @Test
    void aPersonWithoutTheScopeIsToldWhichIsMissing() {
        ask(token("bob", "statistics:read profile"))
                .then()
                .statusCode(403)
                .header("WWW-Authenticate", "Bearer error=\"insufficient_scope\", scope=\"ask\", " + POINTER)
                .body("code", equalTo("insufficient_scope"));
    }

    @Test
    void aTokenForAnotherServiceIsNone() {
        ask(mint("ada", "ask").with("aud", "https://other.example").token())
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer " + POINTER)
                .body("code", equalTo("unauthenticated"));
    }

    @Test
    void aTokenThatWasAskedForWithTheAddressOfMcpIsForThisService() {
        ask(mint("ada", "ask").with("aud", AccessByOidc.PUBLIC_URL + "/mcp").token())
                .then()
                .statusCode(200);
        ask(mint("ada", "ask").with("aud", AccessByOidc.PUBLIC_URL).token())
                .then()
                .statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.well-known/oauth-protected-resource",
                "/.well-known/oauth-protected-resource/mcp",
                "/.well-known/oauth-protected-resource/public/mcp"
            })
    void anybodyMayLearnWhoIssuesTokensForWhat(String path) {
        given().get(path)
                .then()
                .statusCode(200)
                .body("resource", equalTo(AccessByOidc.PUBLIC_URL + "/mcp"))
                .body("authorization_servers", contains(issuer.url()))
                .body("scopes_supported", contains("ask"))
                .body("bearer_methods_supported", contains("header"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"public", "custom/mcp", "public/mcp/mcp", "public/public/mcp", "mcp/"})
    void ofAnotherResourceItSaysNothing(String resource) {
        given().get("/.well-known/oauth-protected-resource/" + resource)
                .then()
                .statusCode(404)
                .body("code", equalTo("not_found"));
    }

    @Test
    void whatATenantWasAnsweredNoOtherSees() {
        String id = ask(token("carl", "ask")).path("response_id");

        assertThat(response(id, token("carl", "ask")).statusCode()).isEqualTo(200);
        assertThat(response(id, mint("carl", "ask").with("org", "other").token())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aTokenThatNamesNoTenantIsNone() {
        ask(mint("carl", "ask").without("org").token()).then().statusCode(401);
    }

    @Test
    void eachPersonHasALimitOfTheirOwnWhateverTheirToken() {
        for (int i = 0; i < AccessByOidc.REQUESTS; i++) {
            ask(mint("eve", "ask").with("jti", "token " + i).token()).then().statusCode(200);
        }

        ask(token("eve", "ask"))
                .then()
                .statusCode(429)
                .header("Retry-After", notNullValue())
                .body("code", equalTo("rate_limited"));
        ask(token("frida", "ask")).then().statusCode(200);
    }

    private Mint mint(String person, String scopes) {
        return issuer.accessToken().with("sub", person).with("scope", scopes).with("org", "acme");
    }

    private String token(String person, String scopes) {
        return mint(person, scopes).token();
    }

    private static Response ask(String token) {
        return given().header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .body("{\"query\":\"What is 2 + 2?\",\"model\":\"offline\"}")
                .post("/ask");
    }

    private static Response response(String id, String token) {
        return given().header("Authorization", "Bearer " + token).get("/response/" + id);
    }
}
