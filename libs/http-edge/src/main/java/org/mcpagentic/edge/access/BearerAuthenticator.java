package org.mcpagentic.edge.access;

import io.quarkus.arc.DefaultBean;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mcpagentic.access.AccessConfig;
import org.mcpagentic.access.Principal;
import org.mcpagentic.access.credential.BearerTokens;
import org.mcpagentic.access.credential.Credentials;
import org.mcpagentic.access.token.Token;

/**
 * Knows callers by {@code Authorization: Bearer} and an API key, a session's token, or a token of an OpenID provider; everyone as {@code
 * local} where access control is off.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.1">RFC 6750, section 2.1</a>
 */
@DefaultBean
@ApplicationScoped
public class BearerAuthenticator implements Authenticator {

    private static final Pattern BEARER =
            Pattern.compile("Bearer ([A-Za-z0-9._~+/-]{1,8192}=*)", Pattern.CASE_INSENSITIVE);

    private final boolean enabled;
    private final Instance<Credentials> credentials;
    private final BearerTokens bearerTokens;

    BearerAuthenticator(AccessConfig config, Instance<Credentials> credentials, BearerTokens bearerTokens) {
        this.enabled = config.enabled();
        this.credentials = credentials;
        this.bearerTokens = bearerTokens;
    }

    @Override
    public Uni<Caller> authenticate(HttpServerRequest request) {
        if (!enabled) {
            return Uni.createFrom().item(() -> Callers.of(Callers.LOCAL, request));
        }
        List<String> headers = request.headers().getAll(HttpHeaders.AUTHORIZATION);
        if (headers.size() != 1) {
            return Uni.createFrom().failure(Callers.unauthenticated());
        }
        Matcher bearer = BEARER.matcher(headers.getFirst());
        if (!bearer.matches()) {
            return Uni.createFrom().failure(Callers.unauthenticated());
        }
        return principal(bearer.group(1))
                .map(known -> Callers.of(known.orElseThrow(Callers::unauthenticated), request));
    }

    private Uni<Optional<Principal>> principal(String text) {
        Optional<Token> token = Token.parse(text);
        return token.isPresent() ? credentials.get().verify(token.get()) : bearerTokens.verify(text);
    }
}
