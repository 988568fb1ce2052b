package org.mcpagentic.access.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mcpagentic.access.AccessSecret;
import org.mcpagentic.access.Limits;
import org.mcpagentic.access.Principal;
import org.mcpagentic.access.Rights;
import org.mcpagentic.access.Scope;
import org.mcpagentic.access.session.OpenedSession;
import org.mcpagentic.access.session.SessionConfig;
import org.mcpagentic.access.session.Sessions;
import org.mcpagentic.access.session.SignedIn;
import org.mcpagentic.access.token.Token;
import org.mcpagentic.localredis.LocalRedis;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.TenantId;
import org.mcpagentic.store.redis.RedisBase;
import org.mcpagentic.store.redis.RedisConnections;
import org.mcpagentic.store.redis.RedisStore;
import org.mcpagentic.store.redis.StoreConfig;

/** Sessions and links on a real Redis. */
class RedisSessionsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final AccessSecret SECRET =
            AccessSecret.of(Base64.getEncoder().encodeToString(new byte[32]));
    private static final TenantId TENANT = new TenantId("acme");
    private static final OwnerId OWNER = new OwnerId("k0-4g8qz1m0wn3vtd6x");
    private static final String KEY = "mcp:{0}:apikey:" + OWNER;
    private static final String AGENT = "Browser/1.0";

    private static Vertx vertx;
    private static LocalRedis redis;
    private static Redis client;
    private static RedisBase base;
    private static RedisSessions sessions;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        redis = LocalRedis.start();
        client = Redis.createClient(vertx, new RedisOptions().setConnectionString(redis.url()));
        base = new RedisStore(
                        new RedisConnections(client, client, client),
                        config(StoreConfig.class, Map.of()),
                        (script, took) -> {},
                        Clock.systemUTC())
                .base();
        sessions = sessions(Map.of());
    }

    @AfterAll
    static void stop() {
        client.close();
        vertx.closeAndAwait();
        redis.close();
    }

    @BeforeEach
    void aKey() {
        redis.command("FLUSHALL");
        redis.command(
                "HSET",
                KEY,
                "tenant",
                "acme",
                "scopes",
                "ask tasks:read",
                "limits",
                "",
                "expires",
                "0",
                "revoked",
                "0");
    }

    @Test
    void aSessionStandsForTheKeyThatOpenedIt() {
        OpenedSession opened =
                await(sessions.open(key(), AGENT, Optional.empty())).orElseThrow();

        Principal principal = await(sessions.verify(opened.token())).orElseThrow();

        assertThat(principal.tenant()).isEqualTo(TENANT);
        assertThat(principal.owner()).isEqualTo(OWNER);
        assertThat(principal.kind()).isEqualTo(Principal.Kind.SESSION);
        assertThat(principal.rights()).isEqualTo(Rights.of(Scope.ASK, Scope.TASKS_READ));
        assertThat(principal.session()).contains(Sessions.idOf(opened.token().id()));
        assertThat(principal.expires().orElseThrow())
                .isCloseTo(Instant.now().plus(30, ChronoUnit.MINUTES), within(1, ChronoUnit.MINUTES));
    }

    @Test
    void aSessionMayWhatItsKeyMayNow() {
        Token token = aSession();

        redis.command("HSET", KEY, "scopes", "ask", "limits", "{\"requests_per_minute\":7}");

        Principal principal = await(sessions.verify(token)).orElseThrow();
        assertThat(principal.rights()).isEqualTo(Rights.of(Scope.ASK));
        assertThat(principal.limits().requestsPerMinute()).hasValue(7);
    }

    @Test
    void aPersonsSessionKeepsItsRightsAndLimitsAndEndsWithItsToken() {
        Limits limits = new Limits(
                OptionalInt.of(1), OptionalInt.of(2), OptionalInt.of(3), OptionalLong.of(4), OptionalLong.of(5));
        Instant end = Instant.now().plus(10, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.MICROS);
        Principal person = new Principal(
                TENANT,
                new OwnerId("oidc:ada@example.org"),
                Principal.Kind.TOKEN,
                Rights.of(Scope.tool("hash"), Scope.ASK),
                limits,
                Optional.empty(),
                Optional.of(end));

        Token token = await(sessions.open(person, AGENT, Optional.empty()))
                .orElseThrow()
                .token();

        Principal principal = await(sessions.verify(token)).orElseThrow();
        assertThat(principal.owner()).isEqualTo(person.owner());
        assertThat(principal.rights()).isEqualTo(person.rights());
        assertThat(principal.limits()).isEqualTo(limits);
        assertThat(principal.expires()).contains(end);
    }

    @Test
    void aSessionEndsWithItsKey() {
        for (List<String> end : List.of(
                List.of("HSET", KEY, "revoked", "1"), List.of("HSET", KEY, "expires", "1"), List.of("DEL", KEY))) {
            aKey();
            Token token = aSession();

            redis.command(end.toArray(String[]::new));

            assertThat(await(sessions.verify(token))).as("%s", end).isEmpty();
            assertThat(await(sessions.open(key(), AGENT, Optional.empty()))).isEmpty();
            assertThat(everything(Command.KEYS, "*signin*")).isEqualTo("[]");
        }
    }

    @Test
    void aKeyOfAnotherTenantOpensNothing() {
        redis.command("HSET", KEY, "tenant", "other");

        assertThat(await(sessions.open(key(), AGENT, Optional.empty()))).isEmpty();
    }

    @Test
    void theWrongSecretOfAKnownSessionIsNobody() {
        Token token = aSession();

        assertThat(await(sessions.verify(token.renewed()))).isEmpty();
        assertThat(await(sessions.close(token.renewed()))).isFalse();
        assertThat(await(sessions.verify(token))).isPresent();
    }

    @Test
    void tokensOfOtherKindsAndShardsAreNobody() {
        Token token = aSession();

        assertThat(await(sessions.verify(new Token(Token.Kind.KEY, 0, token.id(), token.secret()))))
                .isEmpty();
        assertThat(await(sessions.verify(new Token(Token.Kind.SESSION, 7, token.id(), token.secret()))))
                .isEmpty();
    }

    @Test
    void aSessionEndsWhenItWasNotUsedForTheIdleTime() {
        Token token = aSession();

        redis.command("HSET", record(token), "seen", micros(Duration.ofMinutes(30)));

        assertThat(await(sessions.verify(token))).isEmpty();
        assertThat(everything(Command.KEYS, "*signin*")).isEqualTo("[]");
    }

    @Test
    void useKeepsASessionUpToItsLongestTime() {
        Token token = aSession();
        redis.command("HSET", record(token), "seen", micros(Duration.ofMinutes(29)));
        redis.command("PEXPIRE", record(token), "60000");

        Instant expires = await(sessions.verify(token)).orElseThrow().expires().orElseThrow();

        assertThat(expires).isCloseTo(Instant.now().plus(30, ChronoUnit.MINUTES), within(5, ChronoUnit.SECONDS));
        assertThat(Long.parseLong(redis.command("PTTL", record(token)))).isBetween(1_790_000L, 1_800_000L);
        redis.command("HSET", record(token), "ends", micros(Duration.ZERO));
        assertThat(await(sessions.verify(token))).isEmpty();
    }

    @Test
    void usesWithinAMinuteAreOne() {
        Token token = aSession();
        String seen = redis.command("HGET", record(token), "seen");

        await(sessions.verify(token));

        assertThat(redis.command("HGET", record(token), "seen")).isEqualTo(seen);
    }

    @Test
    void lookingAtASessionDoesNotKeepItAlive() {
        Token token = aSession();
        String seen = micros(Duration.ofMinutes(29));
        redis.command("HSET", record(token), "seen", seen);

        assertThat(await(sessions.look(token))).isPresent();

        assertThat(redis.command("HGET", record(token), "seen")).isEqualTo(seen);
    }

    @Test
    void whatIsLeftAloneGoesByItself() {
        Token token = aSession();

        assertThat(Long.parseLong(redis.command("PTTL", record(token)))).isBetween(1_790_000L, 1_800_000L);
        assertThat(Long.parseLong(redis.command("PTTL", "mcp:{0}:signins:acme:" + OWNER)))
                .isBetween(43_190_000L, 43_200_001L);
    }

    @Test
    void aBrowserThatSignsInAgainLeavesItsFormerSession() {
        Token before = aSession();

        Token after = await(sessions.open(key(), AGENT, Optional.of(before)))
                .orElseThrow()
                .token();

        assertThat(after.id()).isNotEqualTo(before.id());
        assertThat(await(sessions.verify(before))).isEmpty();
        assertThat(await(sessions.verify(after))).isPresent();
    }

    @Test
    void aSignInThatFailsLeavesTheFormerSession() {
        Token before = aSession();
        Principal stranger = principal(new OwnerId("0000000000000000"));

        assertThat(await(sessions.open(stranger, AGENT, Optional.of(before)))).isEmpty();

        assertThat(await(sessions.verify(before))).isPresent();
    }

    @Test
    void closingEndsOneSession() {
        Token one = aSession();
        Token other = aSession();

        boolean closed = await(sessions.close(one));

        assertThat(closed).isTrue();
        assertThat(await(sessions.close(one))).isFalse();
        assertThat(await(sessions.verify(one))).isEmpty();
        assertThat(await(sessions.verify(other))).isPresent();
    }

    @Test
    void closingAllEndsThoseOfOneOwner() {
        Token one = aSession();
        Token other = aSession();
        redis.command("HSET", "mcp:{0}:apikey:another", "tenant", "acme", "scopes", "ask", "limits", "");
        Token strange = await(sessions.open(principal(new OwnerId("another")), AGENT, Optional.empty()))
                .orElseThrow()
                .token();

        int closed = await(sessions.closeAll(TENANT, OWNER));

        assertThat(closed).isEqualTo(2);
        assertThat(Stream.of(one, other).map(token -> await(sessions.verify(token))))
                .allMatch(Optional::isEmpty);
        assertThat(await(sessions.verify(strange))).isPresent();
    }

    @Test
    void listsWhereAnOwnerIsSignedIn() {
        Token first = aSession();
        redis.command("HSET", record(first), "seen", micros(Duration.ofMinutes(3)));
        Token second = await(sessions.open(key(), "x".repeat(300), Optional.empty()))
                .orElseThrow()
                .token();
        Token idle = aSession();
        redis.command("HSET", record(idle), "seen", micros(Duration.ofHours(2)));

        List<SignedIn> places = await(sessions.list(TENANT, OWNER));

        assertThat(places)
                .extracting(SignedIn::session)
                .containsExactly(Sessions.idOf(second.id()), Sessions.idOf(first.id()));
        assertThat(places).extracting(SignedIn::userAgent).containsExactly("x".repeat(256), AGENT);
        assertThat(places.getFirst().started()).isCloseTo(Instant.now(), within(5, ChronoUnit.SECONDS));
    }

    @Test
    void anOwnerHasSoManySessionsAtMostAndTheOneThatWasUnusedLongestGoes() {
        Token oldest = aSession();
        for (int i = 1; i < Sessions.MOST; i++) {
            aSession();
        }
        redis.command("HSET", record(oldest), "seen", micros(Duration.ofMinutes(5)));

        Token newest = aSession();

        assertThat(await(sessions.list(TENANT, OWNER))).hasSize(Sessions.MOST);
        assertThat(await(sessions.verify(oldest))).isEmpty();
        assertThat(await(sessions.verify(newest))).isPresent();
    }

    @Test
    void aLinkSignsInOnce() {
        Token link = aLink(Duration.ofHours(1));

        OpenedSession opened =
                await(sessions.redeem(link, AGENT, Optional.empty())).orElseThrow();

        assertThat(await(sessions.verify(opened.token())).orElseThrow().owner()).isEqualTo(OWNER);
        assertThat(await(sessions.redeem(link, AGENT, Optional.empty()))).isEmpty();
        assertThat(await(sessions.list(TENANT, OWNER))).hasSize(1);
    }

    @Test
    void ofManyWhoUseALinkAtOnceOneIsLetIn() {
        Token link = aLink(Duration.ofHours(1));

        List<Optional<OpenedSession>> outcomes = await(Uni.join()
                .all(Stream.generate(() -> sessions.redeem(link, AGENT, Optional.empty()))
                        .limit(50)
                        .toList())
                .andFailFast());

        assertThat(outcomes).filteredOn(Optional::isPresent).hasSize(1);
        assertThat(await(sessions.list(TENANT, OWNER))).hasSize(1);
    }

    @Test
    void aUsedLinkIsNotRevivedByRegisteringItAgain() {
        Token link = aLink(Duration.ofHours(1));
        await(sessions.redeem(link, AGENT, Optional.empty()));

        await(sessions.register(link, OWNER, Duration.ofHours(1)));

        assertThat(await(sessions.redeem(link, AGENT, Optional.empty()))).isEmpty();
    }

    @Test
    void registeringALinkAgainDoesNotProlongIt() {
        Token link = aLink(Duration.ofHours(1));
        String ends = redis.command("HGET", "mcp:{0}:signinlink:" + link.id(), "ends");

        await(sessions.register(link, OWNER, Duration.ofHours(9)));

        assertThat(redis.command("HGET", "mcp:{0}:signinlink:" + link.id(), "ends"))
                .isEqualTo(ends);
    }

    @Test
    void linksThatAreTooOldWrongUnknownOrOfADeadKeySignNobodyIn() {
        Token old = aLink(Duration.ofNanos(1000));
        Token wrong = aLink(Duration.ofHours(1)).renewed();
        Token unknown = Token.random(Token.Kind.LINK, 0);
        Token dead = aLink(Duration.ofHours(1));
        redis.command("HSET", KEY, "revoked", "1");

        assertThat(Stream.of(old, wrong, unknown, dead)
                        .map(link -> await(sessions.redeem(link, AGENT, Optional.empty()))))
                .allMatch(Optional::isEmpty);
    }

    @Test
    void whatIsNotALinkOfAShardThatThereIsIsNotRegistered() {
        assertThatThrownBy(() -> sessions.register(Token.random(Token.Kind.LINK, 3), OWNER, Duration.ofHours(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sessions.register(Token.random(Token.Kind.KEY, 0), OWNER, Duration.ofHours(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void redisHoldsNoSecret() {
        Token link = aLink(Duration.ofHours(1));
        Token token = await(sessions.redeem(link, AGENT, Optional.empty()))
                .orElseThrow()
                .token();

        String everything = everything(Command.HGETALL, record(token))
                + everything(Command.HGETALL, "mcp:{0}:signinlink:" + link.id())
                + everything(Command.KEYS, "*");

        assertThat(everything)
                .contains(token.id(), link.id())
                .doesNotContain(token.secret(), link.secret(), token.text(), link.text());
    }

    @Test
    void aScriptThatIsSentTwiceOpensOneSession() {
        Token link = aLink(Duration.ofHours(1));
        List<String> arguments = List.of(
                link.id(), await(hashOf(link)), "sameid0000000000", "hash", AGENT, "60000000", "60000000", "32");

        String first = await(base.scripts().run(0, SessionScript.SESSION_REDEEM, arguments))
                .toString();
        String again = await(base.scripts().run(0, SessionScript.SESSION_REDEEM, arguments))
                .toString();

        assertThat(first).contains("acme").isEqualTo(again);
        assertThat(await(sessions.list(TENANT, OWNER))).hasSize(1);
    }

    @Test
    void settingsHaveDefaultsThatTheReferenceStates() {
        SessionConfig config = config(SessionConfig.class, Map.of());

        assertThat(config.idle()).isEqualTo(Duration.ofMinutes(30));
        assertThat(config.absolute()).isEqualTo(Duration.ofHours(12));
    }

    private static Uni<String> hashOf(Token link) {
        return Uni.createFrom().item(redis.command("HGET", "mcp:{0}:signinlink:" + link.id(), "hash"));
    }

    private static Token aSession() {
        return await(sessions.open(key(), AGENT, Optional.empty()))
                .orElseThrow()
                .token();
    }

    private static Token aLink(Duration life) {
        Token link = Token.random(Token.Kind.LINK, 0);
        await(sessions.register(link, OWNER, life));
        return link;
    }

    private static Principal key() {
        return principal(OWNER);
    }

    private static Principal principal(OwnerId owner) {
        return new Principal(
                TENANT, owner, Principal.Kind.KEY, Rights.ALL, Limits.NONE, Optional.empty(), Optional.empty());
    }

    private static String record(Token token) {
        return "mcp:{0}:signin:" + token.id();
    }

    private static String micros(Duration ago) {
        Instant at = Instant.now().minus(ago);
        return Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, at));
    }

    private static RedisSessions sessions(Map<String, String> settings) {
        return new RedisSessions(base, SECRET, config(SessionConfig.class, settings));
    }

    private static <T> T config(Class<T> mapping, Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(mapping)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(mapping);
    }

    private static String everything(Command command, String argument) {
        return await(base.scripts().command(command, argument)).toString();
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }
}
