package org.mcpagentic.access.audit.seal;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mcpagentic.access.audit.trail.Checkpoint;
import org.mcpagentic.access.audit.trail.Entry;
import org.mcpagentic.access.audit.trail.Position;

/**
 * One shard's trail as its sealer needs it. All fail with {@link org.mcpagentic.store.StoreException} where Redis does not answer; all
 * may be sent twice.
 */
public interface SealableTrail {

    /** Takes or renews the right to seal, and reads the oldest entries that are not sealed. */
    Uni<Taking> take(String holder, Duration lease, int most);

    /** Moves a batch to the sealed trail, if the lease still holds and the trail is as the batch says. */
    Uni<Outcome> seal(Batch batch);

    /** Checkpoints behind a position, the oldest first. */
    Uni<List<Checkpoint>> checkpoints(Position after, int most);

    /** Removes the head of the trail up to a checkpoint, with it; answers how many entries, nothing where it could not. */
    Uni<Optional<Long>> cut(String lease, Optional<Checkpoint> before, Checkpoint base);

    /** Gives the right to seal back. */
    Uni<Void> release(String lease);

    /**
     * Where the chain ends.
     *
     * @param mac empty where nothing is sealed yet
     */
    record End(Position position, String mac) {

        /** Of a trail without entries. */
        public static final End NONE = new End(Position.START, "");
    }

    /** What a sealer finds. */
    sealed interface Taking {

        /**
         * Another one seals.
         *
         * @param rest of its lease
         * @param oldest when the oldest entry was appended that is not sealed
         */
        record Held(Duration rest, Optional<Instant> oldest, Instant now) implements Taking {}

        /**
         * This one seals.
         *
         * @param lease what later writes are compared with
         * @param checkpoint the last one's position
         * @param newest the number that was given last
         * @param now by Redis' clock
         */
        record Taken(
                String lease,
                End end,
                Position checkpoint,
                Instant checkpointAt,
                Optional<Checkpoint> base,
                long newest,
                Instant now,
                List<Entry> entries)
                implements Taking {

            public Taken {
                entries = List.copyOf(entries);
            }
        }
    }

    /** What became of a batch. */
    sealed interface Outcome {

        /** It is sealed. */
        record Sealed() implements Outcome {}

        /** Another sealer may have taken over; nothing was written. */
        record Late() implements Outcome {}

        /** The trail does not end, or its next entry is not, where the batch says; nothing was written. */
        record Changed(String what) implements Outcome {}

        /** The sealed trail has an entry already where the batch begins; nothing was written. */
        record Blocked(String newest) implements Outcome {}
    }

    /**
     * What is sealed at once.
     *
     * @param checkpoint of the end after it
     */
    record Batch(String lease, End before, End after, List<Sealing> entries, Optional<Checkpoint> checkpoint) {

        public Batch {
            entries = List.copyOf(entries);
        }
    }

    /**
     * One entry's seal.
     *
     * @param id where it stands until then
     * @param mark empty, or what is odd about it
     * @param whole whether its fields are kept; if not, the mark alone is
     */
    record Sealing(Position id, Position position, String mac, String mark, boolean whole) {}
}
