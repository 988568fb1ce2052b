package org.mcpagentic.edge.oidc;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.mcpagentic.access.Principal;
import org.mcpagentic.access.credential.BearerTokens;
import org.mcpagentic.edge.access.EdgeConfig;
import org.mcpagentic.edge.problem.ProblemCode;
import org.mcpagentic.edge.problem.ProblemException;

/**
 * Knows people and programs by access tokens of the OpenID provider; nobody where none is configured. Fails with {@code
 * identity_provider_unavailable} as long as the provider's keys are not to be had.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9068">RFC 9068</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9700">RFC 9700</a>
 */
@ApplicationScoped
public class OidcBearerTokens implements BearerTokens {

    /** For how long a token that was found good is believed to be, if it lasts that long: checking one takes longer than all else. */
    static final Duration BELIEF = Duration.ofSeconds(60);

    /** The path of the resource that clients ask tokens for (RFC 8707). */
    public static final String MCP = "/mcp";

    private static final int MOST_BELIEFS = 2_000;

    private final Optional<OpenIdProvider> provider;
    private final BearerRule rule;
    private final List<String> audience;
    private final InstantSource clock;

    /** By the token's digest. */
    private final Map<String, Belief> beliefs = new LinkedHashMap<>();

    private record Belief(Principal principal, Instant until) {}

    @Inject
    OidcBearerTokens(TrustedProvider trusted, OidcConfig config, EdgeConfig edge) {
        this(trusted.provider(), config, edge.publicUrl(), InstantSource.system());
    }

    /** @param publicUrl where clients reach this service: a token that was asked for with MCP's address is meant for it too */
    OidcBearerTokens(
            Optional<OpenIdProvider> provider, OidcConfig config, Optional<String> publicUrl, InstantSource clock) {
        this.provider = provider;
        this.rule = config.tokens();
        this.audience = Stream.concat(
                        config.audience().orElse(List.of()).stream(), publicUrl.map(url -> url + MCP).stream())
                .toList();
        this.clock = clock;
        provider.ifPresent(trusted -> trusted.onNewKeys(this::forget));
    }

    @Override
    public Uni<Optional<Principal>> verify(String token) {
        if (provider.isEmpty() || token.length() > TokenVerifier.LONGEST) {
            return Uni.createFrom().item(Optional.empty());
        }
        String digest = digest(token);
        Optional<Principal> known = known(digest);
        if (known.isPresent()) {
            return Uni.createFrom().item(known);
        }
        OpenIdProvider trusted = provider.get();
        return trusted.verify(token, audience)
                .map(verified -> verified.filter(rule::accepts).flatMap(trusted::principal))
                .invoke(principal -> principal.ifPresent(good -> believe(digest, good)))
                .onFailure(ProviderException.class)
                .transform(failure -> new ProblemException(
                        ProblemCode.IDENTITY_PROVIDER_UNAVAILABLE,
                        "the identity provider cannot be asked; whether the token is good is unknown",
                        LastGood.PAUSE));
    }

    private synchronized Optional<Principal> known(String digest) {
        Belief belief = beliefs.get(digest);
        if (belief == null) {
            return Optional.empty();
        }
        if (!clock.instant().isBefore(belief.until())) {
            beliefs.remove(digest);
            return Optional.empty();
        }
        return Optional.of(belief.principal());
    }

    private synchronized void believe(String digest, Principal principal) {
        if (beliefs.size() >= MOST_BELIEFS) {
            beliefs.remove(beliefs.keySet().iterator().next());
        }
        Instant until = clock.instant().plus(BELIEF);
        Instant end = principal.expires().filter(until::isAfter).orElse(until);
        beliefs.put(digest, new Belief(principal, end));
    }

    private synchronized void forget() {
        beliefs.clear();
    }

    private static String digest(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
