package org.mcpagentic.access.audit.verify;

import java.util.Iterator;
import java.util.Optional;
import org.mcpagentic.access.audit.trail.Checkpoint;
import org.mcpagentic.access.audit.trail.Position;
import org.mcpagentic.access.audit.trail.SealedEntry;

/** One shard's trail as a verifier reads it, in order. May block; fails with {@link org.mcpagentic.store.StoreException}. */
public interface Trail {

    /** Where it begins and ends now: is read before the others. */
    Head head();

    /** All that is sealed. */
    Iterator<SealedEntry> entries();

    Iterator<Checkpoint> checkpoints();

    /**
     * What is said about a trail beside it. All of it lies in Redis too.
     *
     * @param last sealed position
     * @param mac of it; empty where nothing is sealed
     * @param base up to which entries were let go; nothing where none were
     * @param newest the number that was given last
     * @param unsealed how many entries wait to be sealed
     * @param first of these
     * @param end of these
     * @param checkpoint the newest one's position
     */
    record Head(
            Position last,
            String mac,
            Optional<Checkpoint> base,
            long newest,
            long unsealed,
            Optional<Position> first,
            Optional<Position> end,
            Position checkpoint) {}
}
