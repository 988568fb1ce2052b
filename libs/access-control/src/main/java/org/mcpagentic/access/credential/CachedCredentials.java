package org.mcpagentic.access.credential;

import io.smallrye.mutiny.Uni;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mcpagentic.access.Principal;
import org.mcpagentic.access.token.Token;

/**
 * Remembers for a short time who stands behind a token, and that nobody does; asks once for all who want to know at the same time.
 * Tokens themselves are not remembered, and neither is that nobody could be asked. A kind of token that nobody knows is refused.
 */
public final class CachedCredentials implements Credentials {

    /** Most tokens that are remembered; the one that was asked for the longest ago goes first. */
    public static final int MOST = 10_000;

    private final Map<Token.Kind, Credentials> kinds;
    private final Duration time;
    private final InstantSource clock;
    private final LinkedHashMap<ByteBuffer, Lookup> lookups = new LinkedHashMap<>();

    /**
     * @param kinds who is asked for which kind of token
     * @param time from the question on; where it is zero, each token is asked for each time
     */
    public CachedCredentials(Map<Token.Kind, Credentials> kinds, Duration time, InstantSource clock) {
        this.kinds = Map.copyOf(kinds);
        this.time = time;
        this.clock = clock;
    }

    @Override
    public Uni<Optional<Principal>> verify(Token token) {
        Credentials credentials = kinds.get(token.kind());
        if (credentials == null) {
            return Uni.createFrom().item(Optional.empty());
        }
        if (time.isZero()) {
            return credentials.verify(token);
        }
        return Uni.createFrom().deferred(() -> {
            Instant now = clock.instant();
            return lookup(token, credentials, now).answer().map(known -> known.filter(principal -> lives(principal)));
        });
    }

    @Override
    public Uni<Optional<Principal>> look(Token token) {
        Credentials credentials = kinds.get(token.kind());
        return credentials == null ? Uni.createFrom().item(Optional.empty()) : credentials.look(token);
    }

    private Lookup lookup(Token token, Credentials credentials, Instant now) {
        ByteBuffer digest = digest(token);
        synchronized (lookups) {
            Lookup known = lookups.get(digest);
            if (known != null && known.holds(now)) {
                return known;
            }
            Lookup fresh = new Lookup(
                    credentials
                            .verify(token)
                            .onFailure()
                            .invoke(failure -> forget(digest))
                            .memoize()
                            .indefinitely(),
                    now,
                    now.plus(time));
            // why removed first: so the order of the map is that of the questions
            lookups.remove(digest);
            lookups.put(digest, fresh);
            if (lookups.size() > MOST) {
                lookups.remove(lookups.firstEntry().getKey());
            }
            return fresh;
        }
    }

    private void forget(ByteBuffer digest) {
        synchronized (lookups) {
            lookups.remove(digest);
        }
    }

    private boolean lives(Principal principal) {
        Instant now = clock.instant();
        return principal.expires().map(now::isBefore).orElse(true);
    }

    private static ByteBuffer digest(Token token) {
        try {
            return ByteBuffer.wrap(
                    MessageDigest.getInstance("SHA-256").digest(token.text().getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private record Lookup(Uni<Optional<Principal>> answer, Instant asked, Instant end) {

        /** Also not where the clock was set back. */
        boolean holds(Instant now) {
            return !now.isBefore(asked) && now.isBefore(end);
        }
    }
}
