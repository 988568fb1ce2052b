package org.mcpagentic.dashboard.signin;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.mcpagentic.dashboard.EventReader.eventually;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.Cookie;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.access.audit.AuditEvent;
import org.mcpagentic.access.credential.KeyId;
import org.mcpagentic.access.token.Token;
import org.mcpagentic.dashboard.AccessOfTests;
import org.mcpagentic.dashboard.EventReader;
import org.mcpagentic.dashboard.StubServices;
import org.mcpagentic.localredis.LocalRedis;
import org.mcpagentic.store.TenantId;

@QuarkusTest
@TestProfile(AccessOn.class)
class SignInTest {
    private static final String EVERYTHING = "tasks:read tasks:write ask statistics:read tools:*";

    @SuppressWarnings("NullAway.Init") // why: the test resource injects it
    LocalRedis redis;

    @Inject
    AccessOfTests access;

    @Inject
    AccessOfTests.Trail trail;

    /** Somebody who is signed in. */
    private record Visitor(String cookie, String csrf) {
        RequestSpecification sends() {
            return given().cookie("mcp_session", cookie).header("X-CSRF-Token", csrf);
        }

        RequestSpecification sendsUnprotected() {
            return given().cookie("mcp_session", cookie);
        }

        boolean isSignedIn() {
            return sends().get("/api/session").statusCode() == 200;
        }
    }

    @BeforeEach
    void nothingWasTried() {
        redis.command("DEL", "mcp:{0}:guard:signin:127.0.0.1");
        StubServices.forget();
    }

    @Test
    void aGoodKeyIsAnsweredWithACookieThatOnlyThePageCanUse() {
        Token key = access.aKey("ask tasks:read");

        Response answer = post(Map.of("key", key.text()));

        answer.then()
                .statusCode(201)
                .body("person", equalTo(KeyId.of(key).value()))
                .body("name", equalTo("of a test"))
                .body("tenant", equalTo("default"))
                .body("scopes", contains("ask", "tasks:read"))
                .body("csrf_token", notNullValue())
                .body("expires_at", notNullValue());
        Cookie cookie = answer.detailedCookie("mcp_session");
        assertThat(Token.parse(cookie.getValue()).orElseThrow().kind()).isEqualTo(Token.Kind.SESSION);
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.getSameSite()).isEqualTo("Strict");
        assertThat(cookie.isSecured()).isFalse();
        assertThat(cookie.getPath()).isNull();
        assertThat(cookie.getMaxAge()).isEqualTo(Duration.ofHours(12).toSeconds());
        assertThat(answer.asString()).doesNotContain(cookie.getValue(), key.text());
    }

    @Test
    void beyondTheLoopbackInterfaceTheCookieNeedsTls() {
        Token key = access.aKey("ask");

        Response answer = given().header("Host", "dashboard.example")
                .contentType("application/json")
                .body(Map.of("key", key.text()))
                .post("/api/session");

        assertThat(answer.detailedCookie("mcp_session").isSecured()).isTrue();
    }

    @Test
    void behindAProxyThatEndsTlsTheCookieNeedsItToo() {
        Token key = access.aKey("ask");

        Response answer = given().header("X-Forwarded-For", "198.51.100.7")
                .header("X-Forwarded-Proto", "https")
                .contentType("application/json")
                .body(Map.of("key", key.text()))
                .post("/api/session");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.detailedCookie("mcp_session").isSecured()).isTrue();
        assertThat(answer.detailedCookie("mcp_session").getPath()).isNull();
    }

    @Test
    void triesAreCountedByTheAddressThatTheProxyNames() {
        redis.command("DEL", "mcp:{0}:guard:signin:198.51.100.8");

        given().header("X-Forwarded-For", "198.51.100.8")
                .contentType("application/json")
                .body(Map.of("key", "nonsense"))
                .post("/api/session")
                .then()
                .statusCode(401);

        assertThat(redis.command("EXISTS", "mcp:{0}:guard:signin:198.51.100.8").toString())
                .isEqualTo("1");
        assertThat(redis.command("EXISTS", "mcp:{0}:guard:signin:127.0.0.1").toString())
                .isEqualTo("0");
        assertThat(trail.events())
                .anySatisfy(event -> assertThat(event)
                        .extracting(AuditEvent::actor, AuditEvent::action)
                        .containsExactly("198.51.100.8", "session.refuse"));
    }

    @Test
    void whoIsSignedInIsWrittenDown() {
        Visitor visitor = signIn("ask");

        String person = visitor.sends().get("/api/session").jsonPath().getString("person");

        assertThat(trail.events())
                .anySatisfy(event -> assertThat(event)
                        .extracting(AuditEvent::actor, AuditEvent::action, AuditEvent::detail)
                        .containsExactly(person, "session.open", "by=key"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "altered", "nonsense", "link"})
    void whatIsNoGoodKeyIsRefusedAndWrittenDownWithoutIt(String how) {
        Token known = access.aKey("ask");
        String shown = switch (how) {
            case "unknown" -> Token.random(Token.Kind.KEY, 0).text();
            case "altered" -> known.renewed().text();
            case "link" -> Token.random(Token.Kind.LINK, 0).text();
            default -> "nonsense";
        };
        int before = trail.events().size();

        Response answer = post(Map.of("key", shown));

        answer.then()
                .statusCode(401)
                .contentType("application/problem+json")
                .body("code", equalTo("unauthenticated"))
                .header("Set-Cookie", (String) null);
        assertThat(trail.events().subList(before, trail.events().size()))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.action()).isEqualTo("session.refuse");
                    assertThat(event.actor()).isEqualTo("127.0.0.1");
                    assertThat(event.toString()).doesNotContain(shown);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"key\":\"a\",\"link\":\"b\"}"})
    void oneProofIsNeeded(String body) {
        given().contentType("application/json")
                .body(body)
                .post("/api/session")
                .then()
                .statusCode(422);
    }

    @Test
    void anAddressThatTriesTooOftenHasToWait() {
        for (int i = 0; i < 30; i++) {
            post(Map.of("key", "wrong")).then().statusCode(401);
        }

        post(Map.of("key", "wrong"))
                .then()
                .statusCode(429)
                .header("Retry-After", notNullValue())
                .body("code", equalTo("rate_limited"));
    }

    @Test
    void anotherSitesPageCannotSignABrowserIn() {
        Token key = access.aKey("ask");

        given().header("Origin", "http://localhost:1")
                .contentType("application/json")
                .body(Map.of("key", key.text()))
                .post("/api/session")
                .then()
                .statusCode(403)
                .body("code", equalTo("bad_origin"));
        given().contentType("application/x-www-form-urlencoded")
                .body("key=" + key.text())
                .post("/api/session")
                .then()
                .statusCode(415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/session", "/api/session/place", "/api/stats", "/api/task", "/api/tool", "/api/ask/model"})
    void whoIsNotSignedInIsToldSo(String path) {
        given().get(path)
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .body("code", equalTo("unauthenticated"));
    }

    @Test
    void thePagesThemselvesAreOpen() {
        given().get("/").then().statusCode(200).header("Set-Cookie", (String) null);
        given().get("/sign-in")
                .then()
                .statusCode(200)
                .contentType(containsString("text/html"))
                .header("Content-Security-Policy", containsString("default-src 'self'"))
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "no-cache")
                .body(not(containsString("<style")), not(containsString("onclick")));
    }

    @Test
    void theServicesAreAskedWithThePersonsOwnSession() {
        Visitor visitor = signIn(EVERYTHING);

        visitor.sends()
                .contentType("application/json")
                .header("Session-Id", "s-of-somebody-else")
                .body("{\"input\":\"What is 2 + 2?\"}")
                .post("/api/task")
                .then()
                .statusCode(201);
        visitor.sends().get("/api/task/t0-1/events").then().statusCode(200);
        visitor.sends()
                .contentType("application/json")
                .body("{\"query\":\"2 + 2?\"}")
                .post("/api/ask")
                .then()
                .statusCode(200);

        assertThat(StubServices.seen("POST", "/"))
                .hasSize(2)
                .allSatisfy(seen -> assertThat(seen.headers())
                        .containsEntry("Authorization", "Bearer " + visitor.cookie())
                        .doesNotContainKeys("Session-Id", "Cookie", "X-CSRF-Token"));
        assertThat(StubServices.seen("GET", "/task/t0-1/events").getFirst().headers())
                .containsEntry("Authorization", "Bearer " + visitor.cookie());
    }

    @Test
    void whatChangesSomethingNeedsThePagesToken() {
        Visitor visitor = signIn(EVERYTHING);
        Visitor other = signIn(EVERYTHING);

        visitor.sendsUnprotected()
                .post("/api/task/t0-1/cancel")
                .then()
                .statusCode(403)
                .body("code", equalTo("csrf"));
        visitor.sendsUnprotected()
                .header("X-CSRF-Token", other.csrf())
                .post("/api/task/t0-1/cancel")
                .then()
                .statusCode(403)
                .body("code", equalTo("csrf"));
        visitor.sendsUnprotected().delete("/api/session").then().statusCode(403);

        assertThat(StubServices.seen("POST", "/task")).isEmpty();
        visitor.sends().post("/api/task/t0-1/cancel").then().statusCode(200);
    }

    @Test
    void whatThePersonMayNotIsNotPassedOn() {
        Visitor visitor = signIn("tasks:read");

        visitor.sends()
                .contentType("application/json")
                .body("{\"input\":\"x\"}")
                .post("/api/task")
                .then()
                .statusCode(403)
                .body("code", equalTo("insufficient_scope"));
        visitor.sends().get("/api/stats").then().statusCode(403);

        assertThat(StubServices.seen("POST", "/task")).isEmpty();
        visitor.sends().get("/api/task").then().statusCode(200);
    }

    @Test
    void aBrowserThatSignsInAgainGetsAnotherSession() {
        Visitor before = signIn("ask");
        Token key = access.aKey("ask");

        String after = before.sendsUnprotected()
                .contentType("application/json")
                .body(Map.of("key", key.text()))
                .post("/api/session")
                .then()
                .statusCode(201)
                .extract()
                .cookie("mcp_session");

        assertThat(after).isNotEqualTo(before.cookie());
        assertThat(before.isSignedIn()).isFalse();
    }

    @Test
    void signingOutEndsTheSessionAndTakesTheCookieAway() {
        Visitor visitor = signIn("ask");

        Response answer = visitor.sends().delete("/api/session");

        answer.then().statusCode(204);
        assertThat(answer.detailedCookie("mcp_session").getMaxAge()).isZero();
        assertThat(answer.detailedCookie("mcp_session").getValue()).isEmpty();
        assertThat(visitor.isSignedIn()).isFalse();
        assertThat(trail.events().getLast().action()).isEqualTo("session.close");
    }

    @Test
    void signingOutEverywhereEndsThePersonsOtherSessions() {
        Token key = access.aKey("ask");
        Visitor here = signIn(key);
        Visitor there = signIn(key);
        Visitor somebodyElse = signIn("ask");

        here.sends().get("/api/session/place").then().body("items", hasSize(2)).body("items.current", hasItem(true));
        here.sends().delete("/api/session?everywhere=true").then().statusCode(204);

        assertThat(here.isSignedIn()).isFalse();
        assertThat(there.isSignedIn()).isFalse();
        assertThat(somebodyElse.isSignedIn()).isTrue();
    }

    @Test
    void aSessionThatWasNotUsedIsOver() {
        Visitor visitor = signIn("ask");

        age(visitor);

        assertThat(visitor.isSignedIn()).isFalse();
    }

    @Test
    void aRevokedKeyEndsItsSessionsAtOnce() {
        Token key = access.aKey("ask");
        Visitor visitor = signIn(key);

        redis.command("HSET", "mcp:{0}:apikey:" + KeyId.of(key), "revoked", "1");

        assertThat(visitor.isSignedIn()).isFalse();
    }

    @Test
    void theConfiguredLinkSignsInOnce() {
        access.keep(AccessOn.KEY_OF_LINK);
        eventually(() -> redis.command("EXISTS", "mcp:{0}:signinlink:" + AccessOn.LINK.id())
                .equals("1"));

        Response first = post(Map.of("link", AccessOn.LINK.text()));
        Response second = post(Map.of("link", AccessOn.LINK.text()));

        first.then()
                .statusCode(201)
                .body("person", equalTo(KeyId.of(AccessOn.KEY_OF_LINK).value()));
        second.then().statusCode(401).header("Set-Cookie", (String) null);
    }

    @Test
    void streamsEndWithTheirSession() {
        Visitor visitor = signIn(EVERYTHING);
        try (EventReader stats = open(visitor, "/api/stats");
                EventReader answer = ask(visitor)) {
            stats.awaitLine(line -> line.startsWith("data: "));
            answer.awaitLine(line -> line.contains("It "));

            age(visitor);

            stats.awaitLine(line -> line.contains("\"status\":401"));
            answer.awaitLine(line -> line.contains("\"status\":401"));
        }
        eventually(() -> StubServices.questionsHeld() == 0);
    }

    @Test
    void anOpenStreamDoesNotKeepItsSessionAlive() {
        Visitor visitor = signIn(EVERYTHING);
        try (EventReader stats = open(visitor, "/api/stats")) {
            stats.awaitLine(line -> line.startsWith("data: "));
            String record = record(visitor);
            String seen = micros(Duration.ofMinutes(20));
            redis.command("HSET", record, "seen", seen);

            java.util.concurrent.locks.LockSupport.parkNanos(
                    Duration.ofMillis(2500).toNanos());

            assertThat(redis.command("HGET", record, "seen")).isEqualTo(seen);
        }
    }

    @Test
    void eachTenantHasItsOwnFiguresAndItsViewersShareThem() {
        Visitor one = signIn(EVERYTHING);
        Visitor another = signIn(EVERYTHING);
        Visitor stranger = signIn(access.aKey(new TenantId("acme"), EVERYTHING));
        eventually(() -> StubServices.statsStreams() == 0);
        StubServices.forget();

        try (EventReader first = open(one, "/api/stats");
                EventReader second = open(another, "/api/stats");
                EventReader third = open(stranger, "/api/stats")) {
            first.awaitLine(line -> line.startsWith("data: "));
            second.awaitLine(line -> line.startsWith("data: "));
            third.awaitLine(line -> line.startsWith("data: "));
            eventually(() -> StubServices.statsOpened() == 4);
        }

        assertThat(StubServices.seen("GET", "/stats"))
                .extracting(seen -> seen.headers().get("Authorization"))
                .containsExactlyInAnyOrder("Bearer " + one.cookie(), "Bearer " + stranger.cookie());
    }

    @Test
    void whereOneViewersSessionIsRefusedAnothersIsUsed() {
        Visitor one = signIn(EVERYTHING);
        Visitor another = signIn(EVERYTHING);
        eventually(() -> StubServices.statsStreams() == 0);
        StubServices.forget();

        try (EventReader first = open(one, "/api/stats")) {
            first.awaitLine(line -> line.startsWith("data: "));
            try (EventReader second = open(another, "/api/stats")) {
                second.awaitLine(line -> line.startsWith("data: "));

                StubServices.refuse("Bearer " + one.cookie());

                eventually(() -> StubServices.seen("GET", "/stats").stream()
                        .anyMatch(seen -> ("Bearer " + another.cookie())
                                .equals(seen.headers().get("Authorization"))));
                eventually(() -> StubServices.statsStreams() == 2);
                StubServices.process();
                second.awaitLine(line -> line.contains("\"reachable\":true")
                        && line.contains("\"queries_processed\":" + StubServices.processed()));
            }
        }
    }

    private Visitor signIn(String scopes) {
        return signIn(access.aKey(scopes));
    }

    private static Visitor signIn(Token key) {
        Response answer = post(Map.of("key", key.text()));
        answer.then().statusCode(201);
        return new Visitor(answer.cookie("mcp_session"), answer.jsonPath().getString("csrf_token"));
    }

    private static Response post(Map<String, String> proof) {
        return given().contentType("application/json").body(proof).post("/api/session");
    }

    private void age(Visitor visitor) {
        redis.command("HSET", record(visitor), "seen", micros(Duration.ofMinutes(31)));
    }

    private static String record(Visitor visitor) {
        return "mcp:{0}:signin:" + Token.parse(visitor.cookie()).orElseThrow().id();
    }

    private static String micros(Duration ago) {
        return Long.toString(
                ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now().minus(ago)));
    }

    private static EventReader open(Visitor visitor, String path) {
        return EventReader.open(request(visitor, path));
    }

    private static EventReader ask(Visitor visitor) {
        return EventReader.open(request(visitor, "/api/ask")
                .header("Content-Type", "application/json")
                .header("X-CSRF-Token", visitor.csrf())
                .POST(HttpRequest.BodyPublishers.ofString("{\"query\":\"for ever\"}")));
    }

    private static HttpRequest.Builder request(Visitor visitor, String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .header("Cookie", "mcp_session=" + visitor.cookie());
    }
}
