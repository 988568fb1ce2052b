package org.mcpagentic.dashboard.signin;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.Cookie;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.access.audit.AuditEvent;
import org.mcpagentic.access.token.Token;
import org.mcpagentic.dashboard.AccessOfTests;
import org.mcpagentic.localredis.LocalRedis;
import org.mcpagentic.testsupport.Form;
import org.mcpagentic.testsupport.LocalIssuer;
import org.mcpagentic.testsupport.Mint;
import org.mcpagentic.testsupport.SigningKey;

/** Signing in at a provider, as a browser does it that keeps its cookies. */
@QuarkusTest
@TestProfile(ProviderOn.class)
class ProviderSignInTest {
    /** All texts that Redis has. */
    private static final String EVERYTHING = """
            local all = {}
            local function add(values)
              for _, value in ipairs(values) do
                if type(value) == 'table' then add(value) else all[#all + 1] = tostring(value) end
              end
            end
            local ways = {
              string = function(key) return {redis.call('GET', key)} end,
              hash = function(key) return redis.call('HGETALL', key) end,
              list = function(key) return redis.call('LRANGE', key, 0, -1) end,
              set = function(key) return redis.call('SMEMBERS', key) end,
              zset = function(key) return redis.call('ZRANGE', key, 0, -1) end,
              stream = function(key) return redis.call('XRANGE', key, '-', '+') end,
            }
            for _, key in ipairs(redis.call('KEYS', '*')) do
              all[#all + 1] = key
              add(ways[redis.call('TYPE', key).ok](key))
            end
            return table.concat(all, ' ')
            """;

    private static final String TRIP = "mcp_oidc";
    private static final String SESSION = "mcp_session";

    @SuppressWarnings("NullAway.Init") // why: the test resource injects it
    LocalRedis redis;

    @SuppressWarnings("NullAway.Init") // why: the test resource injects it
    LocalIssuer issuer;

    @Inject
    AccessOfTests.Trail trail;

    @BeforeEach
    void nothingWasTried() {
        redis.command("DEL", "mcp:{0}:guard:signin:127.0.0.1");
        issuer.codes().signsIn(Map.of("sub", "ada", "roles", List.of("Analyst")));
    }

    @AfterEach
    void all() {
        issuer.behaves();
    }

    @Test
    void whoComesBackFromTheProviderHasASession() {
        Response left = leave("/sign-in/oidc");
        Response arrived = arrive(sentBack(left), left.detailedCookie(TRIP));

        assertThat(arrived.statusCode()).isEqualTo(303);
        assertThat(arrived.header("Location")).isEqualTo(home());
        Cookie cookie = arrived.detailedCookie(SESSION);
        assertThat(Token.parse(cookie.getValue()).orElseThrow().kind()).isEqualTo(Token.Kind.SESSION);
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.getSameSite()).isEqualTo("Strict");
        assertThat(cookie.getPath()).isEqualTo("/api");
        assertThat(arrived.detailedCookie(TRIP).getMaxAge()).isZero();
        assertThat(arrived.header("Cache-Control")).isEqualTo("no-store");
        assertThat(arrived.header("Referrer-Policy")).isEqualTo("no-referrer");
        given().cookie(SESSION, cookie.getValue())
                .get("/api/session")
                .then()
                .statusCode(200)
                .body("person", equalTo("oidc:ada"))
                .body("tenant", equalTo("default"))
                .body("scopes", containsInAnyOrder("ask", "statistics:read"));
        given().cookie(SESSION, cookie.getValue()).get("/api/task").then().statusCode(403);
        assertThat(trail.events())
                .anySatisfy(event -> assertThat(event)
                        .extracting(AuditEvent::actor, AuditEvent::action, AuditEvent::detail)
                        .containsExactly("oidc:ada", "session.open", "by=oidc"));
    }

    @Test
    void theSessionLastsAsLongAsOneOfAProviderMay() {
        Response left = leave("/sign-in/oidc");
        String session = arrive(sentBack(left), left.detailedCookie(TRIP)).cookie(SESSION);

        Instant end = Instant.parse(
                given().cookie(SESSION, session).get("/api/session").<String>path("expires_at"));

        assertThat(Duration.between(Instant.now(), end)).isBetween(Duration.ofMinutes(119), Duration.ofMinutes(120));
    }

    @Test
    void whatTheProviderIsAskedBindsTheWayBack() {
        Response left = leave("/sign-in/oidc?task=t0-1");

        URI destination = URI.create(left.header("Location"));
        Map<String, String> query = Form.parse(destination.getRawQuery());
        Cookie cookie = left.detailedCookie(TRIP);
        assertThat(left.statusCode()).isEqualTo(303);
        assertThat(destination.toString()).startsWith(issuer.url() + "/authorize?");
        assertThat(query)
                .containsEntry("response_type", "code")
                .containsEntry("redirect_uri", home() + "sign-in/oidc/callback")
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("scope", "openid");
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.getSameSite()).isEqualTo("Lax");
        assertThat(cookie.getPath()).isEqualTo("/sign-in");
        assertThat(cookie.getMaxAge()).isEqualTo(600);
        assertThat(cookie.getValue())
                .doesNotContain(query.get("state"), query.get("nonce"), query.get("code_challenge"));
        Map<String, String> second =
                Form.parse(URI.create(leave("/sign-in/oidc").header("Location")).getRawQuery());
        assertThat(List.of("state", "nonce", "code_challenge"))
                .allSatisfy(field -> assertThat(second.get(field)).isNotEqualTo(query.get(field)));
    }

    @Test
    void thePageShowsAgainWhatItShowed() {
        Response left = leave("/sign-in/oidc?task=t0-1.2");

        Response arrived = arrive(sentBack(left), left.detailedCookie(TRIP));

        assertThat(arrived.header("Location")).isEqualTo(home() + "?task=t0-1.2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "task=https://evil.example",
                "task=//evil.example",
                "task=%0d%0aLocation:%20https://evil.example",
                "task=t0-1&task=x&return=https://evil.example",
                "redirect_uri=https://evil.example",
                "return_to=https://evil.example"
            })
    void nobodyIsLedElsewhere(String query) {
        Response left =
                given().urlEncodingEnabled(false).redirects().follow(false).get("/sign-in/oidc?" + query);
        Response arrived = arrive(sentBack(left) + "&redirect_uri=https://evil.example", left.detailedCookie(TRIP));

        assertThat(Form.parse(URI.create(left.header("Location")).getRawQuery()))
                .containsEntry("redirect_uri", home() + "sign-in/oidc/callback");
        assertThat(arrived.header("Location")).startsWith(home()).doesNotContain("evil");
    }

    @Test
    void aForgedHostLeadsNobodyElsewhere() {
        given().header("Host", "evil.example")
                .redirects()
                .follow(false)
                .get("/sign-in/oidc")
                .then()
                .statusCode(400);
    }

    @Test
    void aWayThatWasBegunInAnotherBrowserLeadsNowhere() {
        Response own = leave("/sign-in/oidc");
        Response others = leave("/sign-in/oidc");
        int exchanged = issuer.asked(LocalIssuer.TOKEN);

        assertRefused(arrive(sentBack(others), own.detailedCookie(TRIP)), "expired");
        assertRefused(given().redirects().follow(false).get(path(sentBack(others))), "expired");

        assertThat(issuer.asked(LocalIssuer.TOKEN)).isEqualTo(exchanged);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "changed", "longer"})
    void aCookieThatIsNoneOfOursLeadsNowhere(String how) {
        Response left = leave("/sign-in/oidc");
        String good = left.cookie(TRIP);
        String[] parts = good.split("/", -1);
        String shown = switch (how) {
            case "changed" -> parts[0] + "/" + parts[1] + "/other/" + parts[3];
            case "longer" -> parts[0] + "/" + (Long.parseLong(parts[1]) + 1) + "//" + parts[3];
            default -> how;
        };

        Response arrived = given().cookie(TRIP, shown).redirects().follow(false).get(path(sentBack(left)));

        assertRefused(arrived, "expired");
    }

    @Test
    void aCodeIsGoodOnce() {
        Response left = leave("/sign-in/oidc");
        String back = sentBack(left);
        assertThat(arrive(back, left.detailedCookie(TRIP)).detailedCookie(SESSION))
                .isNotNull();

        Response again = arrive(back, left.detailedCookie(TRIP));

        assertRefused(again, "unproven");
    }

    @Test
    void aCodeOfAnotherWayIsNotExchanged() {
        Response victim = leave("/sign-in/oidc");
        Response attacker = leave("/sign-in/oidc");
        String stolen = Form.parse(URI.create(sentBack(victim)).getRawQuery()).get("code");
        Map<String, String> own = Form.parse(URI.create(sentBack(attacker)).getRawQuery());

        Response arrived = given().cookie(TRIP, attacker.cookie(TRIP))
                .redirects()
                .follow(false)
                .queryParam("state", own.get("state"))
                .queryParam("iss", own.get("iss"))
                .queryParam("code", stolen)
                .get("/sign-in/oidc/callback");

        assertRefused(arrived, "unproven");
    }

    private static Arguments idToken(String name, UnaryOperator<Mint> change) {
        return Arguments.of(name, change);
    }

    static Stream<Arguments> idTokens() {
        return Stream.of(
                idToken("of another nonce", token -> token.with("nonce", "other")),
                idToken("without a nonce", token -> token.without("nonce")),
                idToken("for another", token -> token.with("aud", "other")),
                idToken(
                        "for another too, by nobody",
                        token -> token.with("aud", List.of(token.claims().get("aud"), "other"))
                                .without("azp")),
                idToken("of another party", token -> token.with("azp", "other")),
                idToken("of another issuer", token -> token.with("iss", "https://evil.example")),
                idToken("that is over", token -> token.without("iat").with("exp", 1_000_000_000)),
                idToken("of a stranger's key", token -> token.by(SigningKey.generate("RS256-1", "RS256"))),
                idToken("that is an access token", token -> token.withHeader("typ", "at+jwt")),
                idToken("of nobody", token -> token.without("sub")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("idTokens")
    void anIdTokenThatIsWrongSignsNobodyIn(String name, UnaryOperator<Mint> change) {
        issuer.codes().changesIdTokens(change);
        Response left = leave("/sign-in/oidc");

        assertRefused(arrive(sentBack(left), left.detailedCookie(TRIP)), "unproven");
    }

    @Test
    void anIdTokenForSeveralIsGoodWhereItIsOurs() {
        issuer.codes()
                .changesIdTokens(
                        token -> token.with("aud", List.of(token.claims().get("aud"), "other")));
        Response left = leave("/sign-in/oidc");

        assertThat(arrive(sentBack(left), left.detailedCookie(TRIP)).detailedCookie(SESSION))
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "access_denied, denied",
        "server_error, unavailable",
        "temporarily_unavailable, unavailable",
        "invalid_scope, unproven",
        "<script>alert(1)</script>, unproven"
    })
    void whatAProviderRefusesIsToldInOurWords(String error, String problem) {
        issuer.codes().sendsBack(fields -> {
            Map<String, String> other = new LinkedHashMap<>(fields);
            other.remove("code");
            other.put("error", error);
            other.put("error_description", "<b>Call 0900 123</b>");
            return other;
        });
        Response left = leave("/sign-in/oidc");

        Response arrived = arrive(sentBack(left), left.detailedCookie(TRIP));

        assertRefused(arrived, problem);
        assertThat(arrived.header("Location")).doesNotContain("0900", "script");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", ""})
    void aCodeOfAnotherProviderIsNotExchanged(String sender) {
        issuer.codes().sendsBack(fields -> {
            Map<String, String> other = new LinkedHashMap<>(fields);
            other.remove("iss");
            if (!sender.isEmpty()) {
                other.put("iss", sender);
            }
            return other;
        });
        Response left = leave("/sign-in/oidc");
        int exchanged = issuer.asked(LocalIssuer.TOKEN);

        assertRefused(arrive(sentBack(left), left.detailedCookie(TRIP)), "unproven");

        assertThat(issuer.asked(LocalIssuer.TOKEN)).isEqualTo(exchanged);
    }

    @Test
    void whoIsGrantedNothingIsToldSo() {
        issuer.codes().signsIn(Map.of("sub", "bob", "roles", List.of("Visitor")));
        Response left = leave("/sign-in/oidc");

        assertRefused(arrive(sentBack(left), left.detailedCookie(TRIP)), "nothing_granted");
    }

    @Test
    void aProviderThatBreaksDownOnTheWayIsToldSo() {
        Response left = leave("/sign-in/oidc");
        String back = sentBack(left);
        issuer.goDown();
        try {
            assertRefused(arrive(back, left.detailedCookie(TRIP)), "unavailable");
        } finally {
            issuer.comeBack();
        }
    }

    @ParameterizedTest
    @CsvSource({"500, unavailable", "429, unavailable", "401, unproven", "200, unproven"})
    void anAnswerThatBringsNoTokenSignsNobodyIn(int status, String problem) {
        issuer.answers(LocalIssuer.TOKEN, new LocalIssuer.Reply(status, Map.of(), "{\"id_token\":7}"));
        Response left = leave("/sign-in/oidc");

        assertRefused(arrive(sentBack(left), left.detailedCookie(TRIP)), problem);
    }

    @Test
    void anAddressThatTriesTooOftenHasToWait() {
        for (int i = 0; i < 30; i++) {
            assertRefused(given().redirects().follow(false).get("/sign-in/oidc/callback?state=x&code=y"), "expired");
        }

        assertRefused(given().redirects().follow(false).get("/sign-in/oidc/callback?state=x&code=y"), "too_many");
    }

    @Test
    void whoWasRefusedIsWrittenDownWithoutWhatTheyShowed() {
        int before = trail.events().size();

        given().redirects().follow(false).get("/sign-in/oidc/callback?state=stolen-state&code=stolen-code");

        assertThat(trail.events().subList(before, trail.events().size()))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.action()).isEqualTo("session.refuse");
                    assertThat(event.detail()).isEqualTo("by=oidc reason=expired");
                    assertThat(event.toString()).doesNotContain("stolen");
                });
    }

    @Test
    void nothingOfTheProvidersTokensIsKept() {
        Response left = leave("/sign-in/oidc");
        String session = arrive(sentBack(left), left.detailedCookie(TRIP)).cookie(SESSION);

        String all = redis.command("EVAL", EVERYTHING, "0");

        assertThat(all).contains("oidc:ada");
        assertThat(all).doesNotContain("nobody-keeps-this", "eyJ", session.substring(session.length() - 43));
    }

    @Test
    void thePageOffersTheProvider() {
        assertThat(given().get("/sign-in").asString())
                .contains("href=\"" + home() + "sign-in/oidc\">Sign in with Acme &amp; &lt;Co&gt;</a>");
    }

    private static Response leave(String path) {
        return given().redirects().follow(false).get(path);
    }

    /** Where the provider sends the browser that it was sent to it. */
    private static String sentBack(Response left) {
        Response answer =
                given().urlEncodingEnabled(false).redirects().follow(false).get(left.header("Location"));
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(302);
        return answer.header("Location");
    }

    private static Response arrive(String address, Cookie cookie) {
        return given().urlEncodingEnabled(false)
                .cookie(TRIP, cookie.getValue())
                .redirects()
                .follow(false)
                .get(path(address));
    }

    private static String path(String address) {
        assertThat(address).startsWith(home() + "sign-in/oidc/callback?");
        return address;
    }

    private static void assertRefused(Response answer, String problem) {
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.header("Location")).isEqualTo(home() + "sign-in?problem=" + problem);
        assertThat(answer.detailedCookie(SESSION)).isNull();
        assertThat(answer.detailedCookie(TRIP).getMaxAge()).isZero();
    }

    private static String home() {
        return "http://localhost:" + RestAssured.port + "/";
    }
}
