package org.mcpagentic.dashboard.signin;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.mcpagentic.access.session.SignedIn;
import org.mcpagentic.store.SessionId;

/**
 * Where somebody is signed in, the latest used first.
 *
 * @param items one per browser
 */
@RegisterForReflection
public record Places(List<Place> items) {

    static Places of(List<SignedIn> places, SessionId current) {
        return new Places(places.stream()
                .map(place -> new Place(
                        place.session().value(),
                        place.started(),
                        place.lastSeen(),
                        place.expires(),
                        place.userAgent(),
                        place.session().equals(current)))
                .toList());
    }

    /**
     * A browser.
     *
     * @param sessionId grants nothing
     * @param lastSeenAt to the minute
     * @param userAgent what the browser said of itself
     * @param current whether it is the one that asks
     */
    @RegisterForReflection
    public record Place(
            String sessionId,
            Instant startedAt,
            Instant lastSeenAt,
            Instant expiresAt,
            String userAgent,
            boolean current) {}
}
