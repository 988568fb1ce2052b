package org.mcpagentic.edge.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.mcpagentic.access.Principal;

/**
 * One OpenID provider: where it is asked, what it signs with, and what its tokens stand for here.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html">OpenID Connect Core 1.0</a>
 */
public final class OpenIdProvider {

    private static final String WELL_KNOWN = "/.well-known/openid-configuration";

    /** After how long it is asked again; a key that it takes away is believed as long. */
    private static final Duration OLD = Duration.ofMinutes(5);

    private final ProviderClient client;
    private final TokenVerifier verifier;
    private final ClaimMapping mapping;
    private final LastGood<ProviderDocument> document;
    private final CopyOnWriteArrayList<Runnable> onNewKeys = new CopyOnWriteArrayList<>();

    /** @throws IllegalStateException if the settings cannot be used; the message says which */
    OpenIdProvider(String issuer, OidcConfig config, Vertx vertx, InstantSource clock) {
        ProviderUrl documentUrl = documentUrl(issuer);
        this.mapping = new ClaimMapping(config);
        this.client = new ProviderClient(vertx, config.ca());
        this.document = new LastGood<>(
                "document",
                () -> client.get(documentUrl).map(json -> ProviderDocument.read(json, issuer)),
                OLD,
                clock,
                other -> {});
        LastGood<KeySet> keys =
                new LastGood<>("keys", this::fetchKeys, OLD, clock, other -> onNewKeys.forEach(Runnable::run));
        this.verifier = new TokenVerifier(issuer, config, new ProviderKeys(keys, clock), clock);
    }

    /** What it says of itself; what it said before holds where it cannot be asked. Fails with {@link ProviderException}. */
    public Uni<ProviderDocument> document() {
        return document.value();
    }

    /**
     * Verifies a token's signature, issuer, audience and times; what kind of token it is has to be looked at besides.
     *
     * @param audiences one of which it has to be meant for
     * @return nothing where anything is wrong with it; fails with {@link ProviderException} where its keys are not to be had
     */
    public Uni<Optional<VerifiedToken>> verify(String token, Collection<String> audiences) {
        return verifier.verify(token, audiences);
    }

    /** Who a token stands for, as it is configured; nothing where the token lacks what is needed for that. */
    public Optional<Principal> principal(VerifiedToken token) {
        return mapping.principal(token);
    }

    /**
     * Sends a form to the provider.
     *
     * @param headers beside those of every request
     * @return what it answers, a JSON object; nothing where it refuses. Fails with {@link ProviderException} where it cannot be asked
     */
    public Uni<Optional<JsonNode>> post(ProviderUrl url, Map<String, String> headers, String form) {
        return client.post(url, headers, form);
    }

    void onNewKeys(Runnable action) {
        onNewKeys.add(action);
    }

    private Uni<KeySet> fetchKeys() {
        return document.value().chain(known -> client.get(known.keys())).map(KeySet::read);
    }

    private static ProviderUrl documentUrl(String issuer) {
        try {
            ProviderUrl url = ProviderUrl.of(issuer);
            if (url.uri().getRawQuery() != null) {
                throw new IllegalArgumentException("must have no query");
            }
            String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
            return ProviderUrl.of(base + WELL_KNOWN);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("access.oidc.issuer " + e.getMessage(), e);
        }
    }
}
