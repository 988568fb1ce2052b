package org.mcpagentic.edge.oidc;

import io.smallrye.mutiny.Uni;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Finds the keys that tokens are signed with. For the sake of one that is not known the provider is asked at most once a minute, so that
 * made-up names of keys cost it nothing; while it cannot be asked, the last keys hold.
 */
final class ProviderKeys {

    /** How often at most an unknown key is looked for. */
    static final Duration BETWEEN_SEARCHES = Duration.ofMinutes(1);

    private final LastGood<KeySet> keys;
    private final InstantSource clock;
    private Instant nextSearch = Instant.MIN;

    ProviderKeys(LastGood<KeySet> keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * The key that a token is signed with.
     *
     * @return nothing where the provider has no such key; fails with {@link ProviderException} where it could never be asked
     */
    Uni<Optional<PublicKey>> find(Optional<String> id, SignatureAlgorithm algorithm) {
        Optional<KeySet> known = keys.seen();
        if (known.isEmpty()) {
            return keys.fresh().map(first -> first.find(id, algorithm));
        }
        Optional<PublicKey> key = known.get().find(id, algorithm);
        if (key.isPresent() || !maySearch()) {
            keys.refreshIfOld();
            return Uni.createFrom().item(key);
        }
        return keys.fresh()
                .onFailure(ProviderException.class)
                .recoverWithItem(known.get())
                .map(latest -> latest.find(id, algorithm));
    }

    private synchronized boolean maySearch() {
        Instant now = clock.instant();
        if (now.isBefore(nextSearch)) {
            return false;
        }
        nextSearch = now.plus(BETWEEN_SEARCHES);
        return true;
    }
}
