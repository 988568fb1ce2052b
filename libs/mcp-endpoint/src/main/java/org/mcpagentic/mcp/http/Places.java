package org.mcpagentic.mcp.http;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.TenantId;

/** Places of which each owner has so many in this process. */
final class Places {

    private final int most;
    private final Map<Holder, Integer> taken = new ConcurrentHashMap<>();

    Places(int most) {
        this.most = most;
    }

    /** A place that is held. */
    @FunctionalInterface
    interface Place {

        /** Gives it back; doing so again changes nothing. */
        void leave();
    }

    /** Takes one; empty where the caller's owner has all of theirs. */
    Optional<Place> take(Caller caller) {
        Holder holder = new Holder(caller.tenant(), caller.owner());
        AtomicBoolean held = new AtomicBoolean(true);
        Place place = () -> {
            if (held.compareAndSet(true, false)) {
                taken.computeIfPresent(holder, (key, count) -> count > 1 ? count - 1 : null);
            }
        };
        if (taken.merge(holder, 1, Integer::sum) > most) {
            place.leave();
            return Optional.empty();
        }
        return Optional.of(place);
    }

    private record Holder(TenantId tenant, OwnerId owner) {}
}
