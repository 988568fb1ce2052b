package org.mcpagentic.dashboard.signin;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.mcpagentic.access.AccessSecret;
import org.mcpagentic.edge.problem.ProblemCode;
import org.mcpagentic.edge.problem.ProblemException;
import org.mcpagentic.store.SessionId;

/**
 * The token by which the page shows that it sends a request itself: a signature of the session, which other sites cannot read. It stands beside
 * {@code SameSite} and the check of {@code Origin}.
 */
@ApplicationScoped
class Csrf {
    static final String HEADER = "X-CSRF-Token";

    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final AccessSecret.Key key;

    Csrf(AccessSecret secret) {
        this.key = secret.key("csrf");
    }

    /** What the page of a session has to send. */
    String tokenOf(SessionId session) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.sign(session.value()));
    }

    /** Goes on only where the request changes nothing or has the session's token; throws {@code csrf}. */
    void check(HttpServerRequest request, SessionId session) {
        if (SAFE.contains(request.method())) {
            return;
        }
        List<String> shown = request.headers().getAll(HEADER);
        if (shown.size() != 1 || !same(shown.getFirst(), tokenOf(session))) {
            throw new ProblemException(
                    ProblemCode.CSRF, "the header " + HEADER + " must be what GET api/session answers as csrf_token");
        }
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
