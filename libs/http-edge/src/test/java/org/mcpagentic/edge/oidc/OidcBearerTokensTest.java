package org.mcpagentic.edge.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.access.Principal;
import org.mcpagentic.access.Rights;
import org.mcpagentic.edge.problem.ProblemCode;
import org.mcpagentic.edge.problem.ProblemException;
import org.mcpagentic.testsupport.LocalIssuer;
import org.mcpagentic.testsupport.Mint;
import org.mcpagentic.testsupport.Settings;
import org.mcpagentic.testsupport.SigningKey;
import org.mcpagentic.testsupport.Until;

class OidcBearerTokensTest {

    private static final String REFUSED = "refused";

    private static final Optional<String> PUBLIC_URL = Optional.of("https://agents.example/custom");

    private static final Vertx vertx = Vertx.vertx();

    private final SettableClock clock = new SettableClock();
    private final LocalIssuer issuer = LocalIssuer.start();
    private final OidcBearerTokens tokens = tokens(Map.of());

    @AfterAll
    static void vertxIsGone() {
        vertx.close();
    }

    @AfterEach
    void close() {
        issuer.close();
    }

    /** A way to make a token, and whom it stands for: owner, tenant and scopes. */
    private record Row(String name, Making making, String outcome) implements Arguments {

        @Override
        public Object[] get() {
            return new Object[] {name, making, outcome};
        }
    }

    @FunctionalInterface
    private interface Making {
        String of(LocalIssuer issuer);
    }

    private static Row row(String name, Making making, String outcome) {
        return new Row(name, making, outcome);
    }

    private static Row changed(String name, UnaryOperator<Mint> change, String outcome) {
        return row(name, issuer -> change.apply(issuer.accessToken()).token(), outcome);
    }

    private static long seconds(LocalIssuer issuer, String claim) {
        return (Long) Objects.requireNonNull(issuer.accessToken().claims().get(claim));
    }

    static Stream<Row> rows() {
        return Stream.of(
                changed("good", good -> good, "oidc:ada default []"),
                changed(
                        "with scopes of ours",
                        good -> good.with("scope", "ask tasks:read"),
                        "oidc:ada default [ask tasks:read]"),
                changed(
                        "with scopes in a list",
                        good -> good.with("scope", List.of("ask", "tools:csv_summary")),
                        "oidc:ada default [ask tools:csv_summary]"),
                changed(
                        "with scopes that are not ours",
                        good -> good.with("scope", "openid ASK ask tools: profile"),
                        "oidc:ada default [ask]"),
                changed(
                        "for several",
                        good -> good.with("aud", List.of("other", LocalIssuer.AUDIENCE)),
                        "oidc:ada default []"),
                changed("without a type", good -> good.withoutHeader("typ"), "oidc:ada default []"),
                changed("of type JWT", good -> good.withHeader("typ", "JWT"), "oidc:ada default []"),
                changed(
                        "of the long type",
                        good -> good.withHeader("typ", "application/AT+JWT"),
                        "oidc:ada default []"),
                changed(
                        "Keycloak's",
                        good -> good.withHeader("typ", "JWT").with("typ", "Bearer"),
                        "oidc:ada default []"),
                row(
                        "by PS256",
                        issuer -> issuer.accessToken().by(issuer.key("PS256")).token(),
                        "oidc:ada default []"),
                row(
                        "by ES256",
                        issuer -> issuer.accessToken().by(issuer.key("ES256")).token(),
                        "oidc:ada default []"),
                row(
                        "by EdDSA",
                        issuer -> issuer.accessToken().by(issuer.key("EdDSA")).token(),
                        "oidc:ada default []"),
                row(
                        "just expired",
                        issuer -> issuer.accessToken()
                                .without("iat")
                                .with("exp", seconds(issuer, "iat") - 20)
                                .token(),
                        "oidc:ada default []"),
                row(
                        "about to begin",
                        issuer -> issuer.accessToken()
                                .with("nbf", seconds(issuer, "iat") + 20)
                                .token(),
                        "oidc:ada default []"),
                changed("that never ends", good -> good.with("exp", Long.MAX_VALUE), "oidc:ada default []"),
                changed(
                        "of a name that does not fit",
                        good -> good.with("sub", "Ada Lovelace"),
                        "oidc:sha256-dnQCFhcVkZA829GPvHcN9EfFsWcQBcoAIJIqRlu6AXI default []"),
                // Refused:
                changed("of another issuer", good -> good.with("iss", "https://evil.example"), REFUSED),
                row(
                        "of nearly the issuer",
                        issuer -> issuer.accessToken()
                                .with("iss", issuer.url() + "/")
                                .token(),
                        REFUSED),
                changed("without an issuer", good -> good.without("iss"), REFUSED),
                changed(
                        "for the address of MCP",
                        good -> good.with("aud", "https://agents.example/custom/mcp"),
                        "oidc:ada default []"),
                changed(
                        "for the address of another service's MCP",
                        good -> good.with("aud", "https://agents.example/public/mcp"),
                        REFUSED),
                changed("for another", good -> good.with("aud", "other"), REFUSED),
                changed("for nobody", good -> good.without("aud"), REFUSED),
                row(
                        "expired",
                        issuer -> issuer.accessToken()
                                .without("iat")
                                .with("exp", seconds(issuer, "iat") - 60)
                                .token(),
                        REFUSED),
                changed("without an end", good -> good.without("exp"), REFUSED),
                row(
                        "not yet valid",
                        issuer -> issuer.accessToken()
                                .with("nbf", seconds(issuer, "iat") + 60)
                                .token(),
                        REFUSED),
                row("unsigned", issuer -> issuer.accessToken().unsigned(), REFUSED),
                row(
                        "unsigned with a signature",
                        issuer -> issuer.accessToken().withHeader("alg", "none").token(),
                        REFUSED),
                row(
                        "signed by HS256 with the public key",
                        issuer -> issuer.accessToken()
                                .signedWithThePublicKey(
                                        issuer.key("RS256").pair().getPublic().getEncoded()),
                        REFUSED),
                row(
                        "signed by HS256 with the public key's PEM",
                        issuer -> issuer.accessToken().signedWithThePublicKey(pem(issuer)),
                        REFUSED),
                changed("of an algorithm that is not allowed", good -> good.withHeader("alg", "RS512"), REFUSED),
                changed("of the wrong key's algorithm", good -> good.withHeader("alg", "ES256"), REFUSED),
                row(
                        "of a stranger's key under a known name",
                        issuer -> issuer.accessToken()
                                .by(SigningKey.generate(issuer.key("RS256").id(), "RS256"))
                                .token(),
                        REFUSED),
                changed("of an unknown key", good -> good.withHeader("kid", "made-up"), REFUSED),
                row("that brings its own key", OidcBearerTokensTest::withItsOwnKey, REFUSED),
                changed(
                        "with an extension that has to be understood",
                        good -> good.withHeader("crit", List.of("exp")),
                        REFUSED),
                row("with other claims", issuer -> tampered(issuer.accessToken()), REFUSED),
                row(
                        "with another signature",
                        issuer -> issuer.accessToken().token().replaceFirst("\\.[^.]*$", ".AAAA"),
                        REFUSED),
                changed(
                        "an ID token by its nonce",
                        good -> good.withHeader("typ", "JWT").with("nonce", "n"),
                        REFUSED),
                changed(
                        "an ID token by its hash",
                        good -> good.withoutHeader("typ").with("at_hash", "h"),
                        REFUSED),
                changed(
                        "an ID token by its claim",
                        good -> good.withHeader("typ", "JWT").with("typ", "ID"),
                        REFUSED),
                changed("a refresh token", good -> good.withHeader("typ", "JWT").with("typ", "Refresh"), REFUSED),
                changed("a logout token", good -> good.withHeader("typ", "logout+jwt"), REFUSED),
                changed("a proof", good -> good.withHeader("typ", "dpop+jwt"), REFUSED),
                changed("bound to a key", good -> good.with("cnf", Map.of("jkt", "thumbprint")), REFUSED),
                changed("of 9 KiB", good -> good.with("padding", "x".repeat(9 * 1_024 * 3 / 4)), REFUSED),
                changed("with a number for a subject", good -> good.with("sub", 42), REFUSED),
                changed("without a subject", good -> good.without("sub"), REFUSED),
                changed("with an empty subject", good -> good.with("sub", ""), REFUSED),
                changed("with text for an end", good -> good.with("exp", "tomorrow"), REFUSED),
                changed("with an object for an issuer", good -> good.with("iss", Map.of("a", 1)), REFUSED),
                changed("with numbers for an audience", good -> good.with("aud", List.of(1, 2)), REFUSED),
                changed("with a number for scopes", good -> good.with("scope", 7), REFUSED),
                changed("with numbers among the scopes", good -> good.with("scope", List.of("ask", 7)), REFUSED),
                changed("with a number for an algorithm", good -> good.withHeader("alg", 7), REFUSED),
                changed("with a list for a key", good -> good.withHeader("kid", List.of("a")), REFUSED),
                changed("with a list for a type", good -> good.withHeader("typ", List.of("at+jwt")), REFUSED),
                row("that is none", issuer -> "hello", REFUSED),
                row("of dots", issuer -> "..", REFUSED),
                row("of nonsense", issuer -> "a.b.c", REFUSED),
                row(
                        "of deep nonsense",
                        issuer -> base64("[".repeat(3_000)) + "." + base64("[".repeat(3_000)) + ".c",
                        REFUSED),
                row("that is encrypted", issuer -> "a.b.c.d.e", REFUSED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void aTokenStandsForNobodyOrForExactlySomebody(String name, Making making, String outcome) {
        String token = making.of(issuer);

        Optional<Principal> known = verify(token);

        assertThat(known.map(OidcBearerTokensTest::told).orElse(REFUSED))
                .as(name)
                .isEqualTo(outcome);
        assertThat(verify(token).map(OidcBearerTokensTest::told).orElse(REFUSED))
                .as("again")
                .isEqualTo(outcome);
    }

    @Test
    void ofAnIdTokenWithoutMarksTheStrictRuleTakesNone() {
        String unmarked = issuer.accessToken().withHeader("typ", "JWT").token();
        OidcBearerTokens strict = tokens(Map.of("access.oidc.tokens", "typed"));

        assertThat(verify(strict, unmarked)).isEmpty();
        assertThat(verify(strict, issuer.accessToken().token())).isPresent();
    }

    @Test
    void idTokensAreTakenWhereThatIsConfigured() {
        String idToken =
                issuer.accessToken().withHeader("typ", "JWT").with("nonce", "n").token();

        assertThat(verify(tokens(Map.of("access.oidc.tokens", "any")), idToken)).isPresent();
    }

    @Test
    void noIssuerMeansNobodyIsKnown() {
        OidcBearerTokens none = new OidcBearerTokens(
                Optional.empty(), Settings.of(OidcConfig.class, Map.of()), Optional.empty(), clock);

        assertThat(verify(none, issuer.accessToken().token())).isEmpty();
        assertThat(issuer.keyFetches()).isZero();
    }

    @Test
    void theTenantIsWhatItsClaimSaysAndNoneWithoutIt() {
        OidcBearerTokens several = tokens(Map.of("access.oidc.tenant-claim", "org.name"));

        assertThat(verify(
                                several,
                                issuer.accessToken()
                                        .with("org", Map.of("name", "acme"))
                                        .token())
                        .map(OidcBearerTokensTest::told))
                .contains("oidc:ada acme []");
        assertThat(verify(several, issuer.accessToken().with("org.name", "acme").token())
                        .map(OidcBearerTokensTest::told))
                .contains("oidc:ada acme []");
        assertThat(verify(several, issuer.accessToken().token())).isEmpty();
        assertThat(verify(
                        several,
                        issuer.accessToken().with("org.name", "Acme Inc").token()))
                .isEmpty();
        assertThat(verify(several, issuer.accessToken().with("org.name", 7).token()))
                .isEmpty();
    }

    @Test
    void everyoneIsOfTheTenantThatIsConfigured() {
        assertThat(verify(
                                tokens(Map.of("access.oidc.tenant", "acme")),
                                issuer.accessToken().with("tenant", "other").token())
                        .map(OidcBearerTokensTest::told))
                .contains("oidc:ada acme []");
    }

    @Test
    void rolesStandForWhatIsConfiguredAndForNothingElse() {
        OidcBearerTokens roles = tokens(Map.of(
                "access.oidc.scopes-claim", "realm_access.roles",
                "access.oidc.scope-mapping.analyst", "ask statistics:read",
                "access.oidc.scope-mapping.\"https://acme.example/operators\"", "tasks:read tasks:write tools:*"));

        assertThat(verify(roles, withRoles("analyst", "admin", "ask"))
                        .orElseThrow()
                        .rights())
                .isEqualTo(Rights.parse("ask statistics:read"));
        assertThat(verify(roles, withRoles("analyst", "https://acme.example/operators"))
                        .orElseThrow()
                        .rights())
                .isEqualTo(Rights.parse("ask statistics:read tasks:read tasks:write tools:*"));
        assertThat(verify(roles, withRoles("admin")).orElseThrow().rights()).isEqualTo(Rights.NONE);
        assertThat(verify(
                                roles,
                                issuer.accessToken()
                                        .with("realm_access", "admin")
                                        .token())
                        .orElseThrow()
                        .rights())
                .isEqualTo(Rights.NONE);
    }

    @Test
    void theMappingMayBeOneSetting() {
        OidcBearerTokens roles =
                tokens(Map.of("access.oidc.scope-mappings", "analyst=ask statistics:read; Https://Acme=X=tasks:read;"));

        assertThat(verify(
                                roles,
                                issuer.accessToken()
                                        .with("scope", "Https://Acme=X")
                                        .token())
                        .orElseThrow()
                        .rights())
                .isEqualTo(Rights.parse("tasks:read"));
    }

    @Test
    void anotherClaimMayNameThePerson() {
        assertThat(verify(
                                tokens(Map.of("access.oidc.owner-claim", "oid")),
                                issuer.accessToken().with("oid", "4711").token())
                        .orElseThrow()
                        .owner()
                        .value())
                .isEqualTo("oidc:4711");
    }

    @Test
    void aNameThatLooksHashedIsNotTakenForTheOneThatWas() {
        String hashed = verify(issuer.accessToken().with("sub", "Ada Lovelace").token())
                .orElseThrow()
                .owner()
                .value();

        assertThat(verify(issuer.accessToken()
                                .with("sub", hashed.substring("oidc:".length()))
                                .token())
                        .orElseThrow()
                        .owner()
                        .value())
                .startsWith("oidc:sha256-")
                .isNotEqualTo(hashed);
    }

    @Test
    void limitsAreThoseThatAreConfigured() {
        Principal ada = verify(
                        tokens(Map.of(
                                "access.oidc.requests-per-minute", "60",
                                "access.oidc.concurrent-questions", "2",
                                "access.oidc.cost-per-day", "0.25")),
                        issuer.accessToken().token())
                .orElseThrow();

        assertThat(ada.limits().requestsPerMinute()).hasValue(60);
        assertThat(ada.limits().concurrentQuestions()).hasValue(2);
        assertThat(ada.limits().concurrentTasks()).isEmpty();
        assertThat(ada.limits().tokensPerDay()).isEmpty();
        assertThat(ada.limits().costMicrosPerDay()).hasValue(250_000);
        assertThat(ada.kind()).isEqualTo(Principal.Kind.TOKEN);
    }

    @Test
    void aTokenThatWasFoundGoodIsNotBelievedBeyondItsEnd() {
        String token = issuer.accessToken().token();
        assertThat(verify(token)).isPresent();

        clock.goOn(Duration.ofSeconds(331));

        assertThat(verify(token)).isEmpty();
    }

    @Test
    void aFloodOfUnknownKeysCostsTheProviderOneFetch() {
        assertThat(verify(issuer.accessToken().token())).isPresent();
        assertThat(issuer.keyFetches()).isEqualTo(1);

        List<CompletableFuture<Optional<Principal>>> flood = IntStream.range(0, 1_000)
                .mapToObj(i -> tokens.verify(issuer.accessToken()
                                .withHeader("kid", "made-up-" + i)
                                .token())
                        .subscribeAsCompletionStage())
                .toList();

        assertThat(flood).allSatisfy(one -> assertThat(one.join()).isEmpty());
        assertThat(issuer.keyFetches()).isEqualTo(2);
        clock.goOn(Duration.ofSeconds(61));
        assertThat(verify(issuer.accessToken().withHeader("kid", "made-up").token()))
                .isEmpty();
        assertThat(issuer.keyFetches()).isEqualTo(3);
    }

    @Test
    void manyAtOnceAskForTheKeysOnce() {
        List<CompletableFuture<Optional<Principal>>> many = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            many.add(tokens.verify(
                            issuer.accessToken().with("sub", "person-" + i).token())
                    .subscribeAsCompletionStage());
        }

        assertThat(many).allSatisfy(one -> assertThat(one.join()).isPresent());
        assertThat(issuer.keyFetches()).isEqualTo(1);
    }

    @Test
    void aNewKeyIsFoundAndAnOldOneIsForgottenWithWhatItSigned() {
        String before = issuer.accessToken().token();
        assertThat(verify(before)).isPresent();

        issuer.rotate();

        assertThat(verify(issuer.accessToken().token())).isPresent();
        assertThat(verify(before)).isEmpty();
    }

    @Test
    void aKeyThatTheProviderTakesAwayIsSoonNotBelieved() {
        String token = issuer.accessToken()
                .with("exp", clock.instant().getEpochSecond() + 86_400)
                .token();
        assertThat(verify(token)).isPresent();
        issuer.rotate();

        clock.goOn(Duration.ofSeconds(301));
        verify(token);

        Until.holds("refused", Duration.ofSeconds(5), () -> verify(token).isEmpty());
    }

    @Test
    void withoutKeysNobodyKnowsWhetherATokenIsGood() {
        String token = issuer.accessToken().token();
        issuer.goDown();

        assertUnavailable(token);
        assertUnavailable(token);
        issuer.comeBack();
        assertUnavailable(token);
        clock.goOn(Duration.ofSeconds(3));

        assertThat(verify(token)).isPresent();
    }

    @Test
    void whatIsWrongWithoutAKeyIsRefusedEvenThen() {
        String token = issuer.accessToken().with("aud", "other").token();
        issuer.goDown();

        assertThat(verify(token)).isEmpty();
    }

    @Test
    void theLastKeysHoldWhileTheProviderIsDown() {
        assertThat(verify(issuer.accessToken().token())).isPresent();
        issuer.goDown();

        clock.goOn(Duration.ofDays(1));
        String later = issuer.accessToken()
                .with("exp", clock.instant().getEpochSecond() + 60)
                .token();

        assertThat(verify(later)).isPresent();
        assertThat(verify(issuer.accessToken()
                        .withHeader("kid", "unknown")
                        .with("exp", clock.instant().getEpochSecond() + 60)
                        .token()))
                .isEmpty();
    }

    static Stream<LocalIssuer.Reply> badKeys() {
        return Stream.of(
                new LocalIssuer.Reply(500, Map.of(), "{}"),
                new LocalIssuer.Reply(302, Map.of("Location", "/other"), ""),
                new LocalIssuer.Reply(200, Map.of(), "<html>"),
                new LocalIssuer.Reply(200, Map.of(), "[]"),
                new LocalIssuer.Reply(200, Map.of(), "{\"keys\":7}"),
                new LocalIssuer.Reply(200, Map.of(), ""),
                new LocalIssuer.Reply(200, Map.of(), "{\"keys\":[],\"padding\":\"" + "x".repeat(600_000) + "\"}"));
    }

    @ParameterizedTest
    @MethodSource("badKeys")
    void keysThatCannotBeReadAreNone(LocalIssuer.Reply reply) {
        issuer.answersKeysWith(reply);

        assertUnavailable(issuer.accessToken().token());

        assertThat(issuer.asked("/other")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"issuer\":\"https://evil.example\",\"jwks_uri\":\"KEYS\"}",
                "{\"issuer\":\"ISSUER/\",\"jwks_uri\":\"KEYS\"}",
                "{\"jwks_uri\":\"KEYS\"}",
                "{\"issuer\":\"ISSUER\"}",
                "{\"issuer\":\"ISSUER\",\"jwks_uri\":7}",
                "{\"issuer\":\"ISSUER\",\"jwks_uri\":\"file:///etc/keys\"}",
                "{\"issuer\":\"ISSUER\",\"jwks_uri\":\"http://keys.example/\"}"
            })
    void whatAProviderSaysOfItselfHasToFit(String document) {
        issuer.answersDiscoveryWith(new LocalIssuer.Reply(
                200, Map.of(), document.replace("ISSUER", issuer.url()).replace("KEYS", issuer.url() + "/keys")));

        assertUnavailable(issuer.accessToken().token());

        assertThat(issuer.keyFetches()).isZero();
    }

    @Test
    void keysThatAreNotForSignaturesAreLeftOut() {
        issuer.answersKeysWith(new LocalIssuer.Reply(200, Map.of(), """
                {"keys":[{"kty":"oct","kid":"RS256-1","k":"AAAA"},{"kty":"unknown","kid":"RS256-1"},{"kty":"RSA","kid":"RS256-1","n":"AQAB","e":"AQAB"}]}
                """));

        assertThat(verify(issuer.accessToken().token())).isEmpty();
    }

    @Test
    void aTokenThatNamesNoKeyIsCheckedByTheOnlyOneThatFits() {
        assertThat(verify(issuer.accessToken().withoutHeader("kid").token())).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://issuer.example",
                "https://user@issuer.example",
                "https://issuer.example/#a",
                "https://issuer.example?a=b",
                "issuer",
                "file:///etc",
                "http://127.0.0.1.evil.example"
            })
    void anIssuerThatCannotBeTrustedStopsTheStart(String url) {
        assertThatThrownBy(() -> provider(Map.of("access.oidc.issuer", url)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("access.oidc.issuer");
    }

    @Test
    void aMappingToAScopeThatThereIsNotStopsTheStart() {
        assertThatThrownBy(() -> provider(Map.of("access.oidc.scope-mapping.analyst", "ask everything")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("analyst");
    }

    @Test
    void aMappingThatIsNoneStopsTheStart() {
        assertThatThrownBy(() -> provider(Map.of("access.oidc.scope-mappings", "analyst:ask")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("analyst:ask");
    }

    @Test
    void anIssuerWithoutAnAudienceStopsTheStart() {
        OidcConfig config = Settings.of(OidcConfig.class, Map.of("access.oidc.issuer", issuer.url()));

        assertThatThrownBy(() -> new TrustedProvider(config, vertx))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("access.oidc.audience");
    }

    private void assertUnavailable(String token) {
        assertThatThrownBy(() -> verify(token)).isInstanceOfSatisfying(ProblemException.class, problem -> {
            assertThat(problem.code()).isEqualTo(ProblemCode.IDENTITY_PROVIDER_UNAVAILABLE);
            assertThat(problem.retryAfter()).contains(Duration.ofSeconds(2));
        });
    }

    private String withRoles(String... roles) {
        return issuer.accessToken()
                .with("realm_access", Map.of("roles", List.of(roles)))
                .token();
    }

    private static String told(Principal principal) {
        return principal.owner() + " " + principal.tenant() + " [" + principal.rights() + "]";
    }

    private static String withItsOwnKey(LocalIssuer issuer) {
        SigningKey own = SigningKey.generate("own", "RS256");
        return issuer.accessToken()
                .by(own)
                .withHeader("jwk", own.jwk())
                .withHeader("jku", "http://127.0.0.1:1/keys")
                .token();
    }

    private static byte[] pem(LocalIssuer issuer) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(issuer.key("RS256").pair().getPublic().getEncoded());
        return ("-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String tampered(Mint good) {
        String[] honest = good.token().split("\\.", -1);
        String[] other = good.with("scope", "admin platform").token().split("\\.", -1);
        return honest[0] + "." + other[1] + "." + honest[2];
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private Optional<Principal> verify(String token) {
        return verify(tokens, token);
    }

    private static Optional<Principal> verify(OidcBearerTokens tokens, String token) {
        return tokens.verify(token).await().atMost(Duration.ofSeconds(10));
    }

    private OidcBearerTokens tokens(Map<String, String> settings) {
        return new OidcBearerTokens(Optional.of(provider(settings)), config(settings), PUBLIC_URL, clock);
    }

    private OpenIdProvider provider(Map<String, String> settings) {
        OidcConfig config = config(settings);
        return new OpenIdProvider(config.issuer().orElseThrow(), config, vertx, clock);
    }

    private OidcConfig config(Map<String, String> settings) {
        Map<String, String> all =
                new HashMap<>(Map.of("access.oidc.issuer", issuer.url(), "access.oidc.audience", LocalIssuer.AUDIENCE));
        all.putAll(settings);
        return Settings.of(OidcConfig.class, all);
    }
}
