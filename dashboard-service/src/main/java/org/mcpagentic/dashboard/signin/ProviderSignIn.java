package org.mcpagentic.dashboard.signin;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.mcpagentic.access.AccessConfig;
import org.mcpagentic.access.AccessSecret;
import org.mcpagentic.access.Principal;
import org.mcpagentic.dashboard.Routes;
import org.mcpagentic.edge.oidc.OpenIdProvider;
import org.mcpagentic.edge.oidc.ProviderDocument;
import org.mcpagentic.edge.oidc.ProviderException;
import org.mcpagentic.edge.oidc.ProviderUrl;
import org.mcpagentic.edge.oidc.TrustedProvider;
import org.mcpagentic.edge.oidc.VerifiedToken;

/**
 * Sends people to the OpenID provider, and finds out who comes back: the authorization code flow with PKCE. Of the provider's tokens none is
 * kept; the ID token is looked at once, the others not at all.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#CodeFlowAuth">OpenID Connect Core 1.0, section 3.1</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9700">RFC 9700: Best Current Practice for OAuth 2.0 Security</a>
 */
@ApplicationScoped
class ProviderSignIn {
    private static final Logger LOG = Logger.getLogger(ProviderSignIn.class);

    /** Longest code in characters. */
    private static final int LONGEST_CODE = 4_096;

    private final Optional<Client> client;
    private final ProviderConfig config;
    private final AccessSecret.Key key;
    private final InstantSource clock;

    /** The page, as the provider knows it. */
    private record Client(OpenIdProvider provider, String id, PublicUrl publicUrl) {
        String redirectUri() {
            return publicUrl.urlOf(Routes.OIDC_CALLBACK);
        }
    }

    /** @throws IllegalStateException if the settings cannot be used; the message says which */
    ProviderSignIn(
            AccessConfig access,
            SignInConfig signIn,
            ProviderConfig config,
            TrustedProvider trusted,
            AccessSecret secret,
            InstantSource clock) {
        this.config = config;
        this.key = secret.key("oidc sign-in");
        this.clock = clock;
        this.client = access.enabled() ? config.clientId().map(id -> client(id, signIn, trusted)) : Optional.empty();
    }

    /** Why observed: so that settings that cannot be used stop the start, and not the first sign-in. */
    void start(@Observes StartupEvent event) {}

    /** Where people begin; nothing where nobody is sent to a provider. */
    Optional<PublicUrl> offered() {
        return client.map(Client::publicUrl);
    }

    /** A new way to the provider, for the cookie. */
    SignInTrip begin(Optional<String> task) {
        return SignInTrip.begin(clock.instant(), task);
    }

    String text(SignInTrip trip) {
        return trip.text(key);
    }

    /** The way that a cookie tells of; nothing where it is none of ours, or over. */
    Optional<SignInTrip> read(String cookie) {
        return SignInTrip.read(cookie, key, clock.instant());
    }

    /** Where at the provider a person signs in; fails with {@link SignInRefusal}. */
    Uni<String> destination(SignInTrip trip) {
        Client known = client.orElseThrow();
        return known.provider()
                .document()
                .map(document -> destination(known, document, trip))
                .onFailure(ProviderException.class)
                .transform(failure -> new SignInRefusal(SignInRefusal.Reason.UNAVAILABLE));
    }

    /**
     * Who came back.
     *
     * @param query what the provider sent back with the person
     * @return of the kind {@code TOKEN}; fails with {@link SignInRefusal}
     */
    Uni<Principal> arrived(Optional<SignInTrip> begun, MultiMap query) {
        Client known = client.orElseThrow();
        Optional<SignInTrip> trip = begun.filter(way -> one(query, "state")
                .filter(state -> SignInTrip.same(state, way.state(key)))
                .isPresent());
        if (trip.isEmpty()) {
            return Uni.createFrom().failure(new SignInRefusal(SignInRefusal.Reason.EXPIRED));
        }
        return known.provider()
                .document()
                .chain(document -> {
                    String code = code(document, query);
                    return exchange(known, document, trip.get(), code);
                })
                .chain(idToken -> known.provider().verify(idToken, List.of(known.id())))
                .map(verified -> verified.filter(token -> isForUs(token, known, trip.get()))
                        .flatMap(known.provider()::principal)
                        .orElseThrow(() -> new SignInRefusal(SignInRefusal.Reason.UNPROVEN)))
                .map(this::admitted)
                .onFailure(ProviderException.class)
                .transform(failure -> new SignInRefusal(SignInRefusal.Reason.UNAVAILABLE));
    }

    private String destination(Client known, ProviderDocument document, SignInTrip trip) {
        ProviderUrl authorization = document.authorization()
                .orElseThrow(() -> new ProviderException("its document has no authorization_endpoint"));
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", known.id());
        query.put("redirect_uri", known.redirectUri());
        query.put("scope", config.scopes());
        query.put("state", trip.state(key));
        query.put("nonce", trip.nonce(key));
        query.put("code_challenge", trip.challenge(key));
        query.put("code_challenge_method", "S256");
        return authorization + (authorization.uri().getRawQuery() == null ? "?" : "&") + form(query);
    }

    private static String code(ProviderDocument document, MultiMap query) {
        Optional<String> issuer = one(query, "iss");
        // why: else another provider's code could be brought here (RFC 9207)
        boolean said = query.contains("iss") || document.namesItself();
        if (said && !issuer.equals(Optional.of(document.issuer()))) {
            throw new SignInRefusal(SignInRefusal.Reason.UNPROVEN);
        }
        if (query.contains("error")) {
            throw new SignInRefusal(
                    switch (one(query, "error").orElse("")) {
                        case "access_denied" -> SignInRefusal.Reason.DENIED;
                        case "server_error", "temporarily_unavailable" -> SignInRefusal.Reason.UNAVAILABLE;
                        default -> SignInRefusal.Reason.UNPROVEN;
                    });
        }
        return one(query, "code")
                .filter(code -> !code.isEmpty() && code.length() <= LONGEST_CODE)
                .orElseThrow(() -> new SignInRefusal(SignInRefusal.Reason.UNPROVEN));
    }

    private Uni<String> exchange(Client known, ProviderDocument document, SignInTrip trip, String code) {
        ProviderUrl endpoint =
                document.token().orElseThrow(() -> new ProviderException("its document has no token_endpoint"));
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("grant_type", "authorization_code");
        fields.put("code", code);
        fields.put("redirect_uri", known.redirectUri());
        fields.put("code_verifier", trip.verifier(key));
        Map<String, String> headers = new LinkedHashMap<>();
        prove(known, fields, headers);
        return known.provider()
                .post(endpoint, headers, form(fields))
                .map(answer -> answer.map(tokens -> tokens.path("id_token"))
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::textValue)
                        .orElseThrow(() -> new SignInRefusal(SignInRefusal.Reason.UNPROVEN)));
    }

    private void prove(Client known, Map<String, String> fields, Map<String, String> headers) {
        Optional<String> secret = config.clientSecret();
        if (secret.isPresent() && config.clientAuthentication() == ProviderConfig.ClientAuthentication.BASIC) {
            String pair = encoded(known.id()) + ":" + encoded(secret.get());
            headers.put(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII)));
        } else {
            fields.put("client_id", known.id());
            secret.ifPresent(shown -> fields.put("client_secret", shown));
        }
    }

    /** What an ID token has to say besides (OpenID Connect Core 1.0, section 3.1.3.7). */
    private boolean isForUs(VerifiedToken token, Client known, SignInTrip trip) {
        boolean idToken = token.type().isEmpty() || token.type().equals(Optional.of("jwt"));
        boolean nonce = token.text("nonce")
                .filter(said -> SignInTrip.same(said, trip.nonce(key)))
                .isPresent();
        boolean several = token.claims().get("aud") instanceof List<?> audience && audience.size() > 1;
        boolean named = several || token.claims().containsKey("azp");
        boolean party = !named || token.text("azp").equals(Optional.of(known.id()));
        if (!idToken || !nonce || !party) {
            LOG.debugf("an ID token was refused type=%s nonce=%s party=%s", idToken, nonce, party);
        }
        return idToken && nonce && party;
    }

    private Principal admitted(Principal person) {
        if (person.rights().scopes().isEmpty()) {
            throw new SignInRefusal(SignInRefusal.Reason.NOTHING_GRANTED);
        }
        Duration longest = config.longestSession();
        // why not the ID token's end: it says how long the proof may be shown, and it was shown
        return new Principal(
                person.tenant(),
                person.owner(),
                person.kind(),
                person.rights(),
                person.limits(),
                person.session(),
                Optional.of(clock.instant().plus(longest)));
    }

    private static Client client(String id, SignInConfig signIn, TrustedProvider trusted) {
        OpenIdProvider provider = trusted.provider()
                .orElseThrow(() -> new IllegalStateException("dashboard.oidc.client-id needs access.oidc.issuer"));
        String url = signIn.publicUrl()
                .orElseThrow(() -> new IllegalStateException("dashboard.oidc.client-id needs dashboard.public-url"));
        try {
            return new Client(provider, id, PublicUrl.of(url));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("dashboard.public-url " + e.getMessage(), e);
        }
    }

    /** The value of a field that is there once. */
    private static Optional<String> one(MultiMap query, String name) {
        List<String> values = query.getAll(name);
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
