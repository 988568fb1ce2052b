package org.mcpagentic.dashboard.page;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Cookie;
import io.restassured.response.Response;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.dashboard.StubServices;

@QuarkusTest
@QuarkusTestResource(StubServices.class)
class PageTest {
    private static final Pattern LINK = Pattern.compile("(?:src|href)=\"([^\"]*)\"");
    private static final Pattern IMPORT = Pattern.compile("from '([^']*)'");

    @Test
    void linksAreRelativeAndLeadSomewhere() {
        List<String> links = find(LINK, get("/").asString());

        assertThat(links).hasSizeGreaterThan(5).allSatisfy(link -> {
            assertThat(link).doesNotStartWith("/").doesNotContain(":");
            if (!link.startsWith("#")) {
                given().get("/" + link).then().statusCode(200);
            }
        });
    }

    @Test
    void scriptsImportOnlyWhatIsServed() {
        Set<URI> served = new LinkedHashSet<>();
        Deque<URI> scripts = new ArrayDeque<>(List.of(URI.create("/app/main.js")));

        while (!scripts.isEmpty()) {
            URI script = scripts.pop();
            if (served.add(script)) {
                find(IMPORT, get(script.toString()).asString()).forEach(path -> {
                    assertThat(path).as("imported by %s", script).startsWith(".");
                    scripts.push(script.resolve(path));
                });
            }
        }

        assertThat(served).contains(URI.create("/app/models.js"), URI.create("/vendor/purify.js"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"marked.js", "purify.js"})
    void librariesAreServedFromHere(String library) {
        given().get("/vendor/" + library).then().statusCode(200).contentType(containsString("javascript"));
    }

    @Test
    void thePageHoldsNoScriptOrStyleOfItsOwn() {
        String page = get("/").asString();

        assertThat(find(Pattern.compile("(<script(?![^>]*\\bsrc=)|<style|\\sstyle=|\\son[a-z]+=)"), page))
                .isEmpty();
    }

    @Test
    void thePolicyAllowsOnlyThisHost() {
        String policy = get("/").header("Content-Security-Policy");

        assertThat(policy)
                .contains("default-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "http", "*");
    }

    @Test
    void thePageIsAskedForAgainEachTime() {
        Response page = get("/");

        assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
        given().header("If-Modified-Since", page.header("Last-Modified"))
                .get("/")
                .then()
                .statusCode(304);
    }

    @Test
    void aBrowserIsGivenASessionThatScriptsCannotRead() {
        Cookie cookie = get("/").detailedCookie("mcp_session");

        assertThat(cookie.getValue()).matches("[A-Za-z0-9_-]{8,64}");
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.getSameSite()).isEqualTo("Strict");
        assertThat(cookie.getPath()).isNull();
    }

    @Test
    void aBrowserKeepsItsSession() {
        given().cookie("mcp_session", "s-0123456789")
                .get("/")
                .then()
                .statusCode(200)
                .header("Set-Cookie", (String) null);
    }

    private static Response get(String path) {
        return given().get(path).then().statusCode(200).extract().response();
    }

    private static List<String> find(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }
}
