package org.mcpagentic.dashboard.signin;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Function;
import org.mcpagentic.access.AccessConfig;
import org.mcpagentic.access.Limits;
import org.mcpagentic.access.Principal;
import org.mcpagentic.access.session.Sessions;
import org.mcpagentic.access.token.Token;
import org.mcpagentic.edge.access.Authenticator;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.edge.access.Callers;
import org.mcpagentic.edge.problem.ProblemCode;
import org.mcpagentic.edge.problem.ProblemException;

/** Knows people by the cookie of their session, and lets them change something only where the page itself asks; everyone as {@code local} where access control is off. */
@ApplicationScoped
public class CookieAuthenticator implements Authenticator {
    private final boolean enabled;
    private final Sessions sessions;
    private final Csrf csrf;

    CookieAuthenticator(AccessConfig config, Sessions sessions, Csrf csrf) {
        this.enabled = config.enabled();
        this.sessions = sessions;
        this.csrf = csrf;
    }

    @Override
    public Uni<Caller> authenticate(HttpServerRequest request) {
        return known(request, sessions::verify);
    }

    /** What waits at a stream keeps no session alive. */
    @Override
    public Uni<Caller> again(HttpServerRequest request) {
        return known(request, sessions::look);
    }

    private Uni<Caller> known(HttpServerRequest request, Function<Token, Uni<Optional<Principal>>> lookup) {
        if (!enabled) {
            return Uni.createFrom().item(() -> Callers.of(Callers.LOCAL, request));
        }
        Optional<Token> token = SessionCookie.read(request);
        if (token.isEmpty()) {
            return Uni.createFrom().failure(unauthenticated());
        }
        return lookup.apply(token.get()).map(known -> {
            Principal person = known.orElseThrow(CookieAuthenticator::unauthenticated);
            csrf.check(request, person.session().orElseThrow());
            return Callers.of(withoutLimits(person), request);
        });
    }

    /** What is answered where nobody is signed in, or not any more. */
    static ProblemException unauthenticated() {
        return new ProblemException(ProblemCode.UNAUTHENTICATED, "nobody is signed in here, or not any more");
    }

    // why: the services behind the page charge what it asks them for, and once is enough
    private static Principal withoutLimits(Principal person) {
        return new Principal(
                person.tenant(),
                person.owner(),
                person.kind(),
                person.rights(),
                Limits.NONE,
                person.session(),
                person.expires());
    }
}
