package org.mcpagentic.publicmcp.ask;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.mcpagentic.store.ResponseId;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.StoreException.Code;

/**
 * The write that ends a question. It is done whatever becomes of the client, and repeated while Redis is away: every
 * admitted question is counted once, and a repeat under its idempotency key finds the answer instead of waiting for
 * the key's end.
 */
final class Settling {

    private static final Logger LOG = Logger.getLogger(Settling.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /** A question's marker in the store lives no longer. */
    private static final Duration LONGEST_OUTAGE = Duration.ofMinutes(15);

    /** How long a client is kept waiting for the write; the store's own patience with Redis. */
    private static final Duration PATIENCE = Duration.ofMillis(1800);

    private Settling() {}

    /**
     * Begins to write, now.
     *
     * @return what was written; fails with {@code STORE_UNAVAILABLE} after a while, and the write goes on. Cancelling it
     *     does not stop the write.
     */
    static <T> Uni<T> begin(Uni<T> write, ResponseId id) {
        Uni<T> written = write.onFailure(Settling::isOutage)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .expireIn(LONGEST_OUTAGE.toMillis())
                .memoize()
                .indefinitely();
        written.subscribe()
                .with(
                        done -> {},
                        failure -> LOG.warnf(
                                "a question could not be settled responseId=%s reason=%s", id, failure.getMessage()));
        return written.ifNoItem()
                .after(PATIENCE)
                .failWith(() -> new StoreException(Code.STORE_UNAVAILABLE, "the store does not answer"));
    }

    private static boolean isOutage(Throwable failure) {
        return failure instanceof StoreException refusal && refusal.code() == Code.STORE_UNAVAILABLE;
    }
}
