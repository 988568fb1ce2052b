package org.mcpagentic.dashboard.signin;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.mcpagentic.access.AccessConfig;
import org.mcpagentic.access.Principal;
import org.mcpagentic.access.session.Sessions;
import org.mcpagentic.access.token.Token;
import org.mcpagentic.edge.access.Caller;

/** Ends streams with the session that they were opened in. That a stream is open does not keep its session alive. */
@ApplicationScoped
public class SessionWatch {
    private static final Duration SHORTEST = Duration.ofMillis(500);

    private final boolean enabled;
    private final Sessions sessions;
    private final Duration longest;
    private final InstantSource clock;

    SessionWatch(AccessConfig access, Sessions sessions, SignInConfig config, InstantSource clock) {
        this.enabled = access.enabled();
        this.sessions = sessions;
        this.longest = config.sessionWatch();
        this.clock = clock;
    }

    /** The same stream; it fails with {@code unauthenticated} when the session of the request is over. */
    public <T> Multi<T> within(RoutingContext request, Multi<T> stream) {
        Optional<Token> token = enabled ? SessionCookie.read(request.request()) : Optional.empty();
        if (token.isEmpty()) {
            return stream;
        }
        Multi<Optional<T>> end = over(token.get(), Caller.of(request).principal())
                .onItem()
                .<Optional<T>>transform(never -> Optional.empty())
                .toMulti();
        Multi<Optional<T>> items =
                stream.map(item -> Optional.<T>of(item)).onCompletion().continueWith(Optional.<T>empty());
        // why one at a time: a stream is taken as fast as its reader reads
        return Multi.createBy()
                .merging()
                .withRequests(1)
                .streams(items, end)
                .select()
                .first(Optional::isPresent)
                .map(Optional::get);
    }

    /** Fails when the session is over. While Redis does not answer nobody knows, and the stream goes on. */
    private Uni<Void> over(Token token, Principal person) {
        Known known = new Known(person);
        return Multi.createBy()
                .repeating()
                .uni(() -> Uni.createFrom()
                        .voidItem()
                        .onItem()
                        .delayIt()
                        .by(wait(known.person))
                        .chain(() -> sessions.look(token))
                        .onFailure()
                        .recoverWithItem(() -> Optional.of(known.person))
                        .invoke(living -> living.ifPresent(still -> known.person = still)))
                .until(Optional::isEmpty)
                .onItem()
                .ignoreAsUni()
                .onItem()
                .failWith(CookieAuthenticator::unauthenticated);
    }

    private Duration wait(Principal person) {
        Instant now = clock.instant();
        Duration left = person.expires()
                .map(end -> Duration.between(now, end).plusMillis(10))
                .orElse(longest);
        if (left.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return left.compareTo(longest) < 0 ? left : longest;
    }

    /** As whom the session was seen last. */
    private static final class Known {
        private volatile Principal person;

        Known(Principal person) {
            this.person = person;
        }
    }
}
