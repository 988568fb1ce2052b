package org.mcpagentic.access.audit.verify;

import java.util.Locale;
import org.mcpagentic.access.audit.trail.Position;

/**
 * Something that is not as it was sealed.
 *
 * @param from the first entry that it is about
 * @param to the last one
 */
public record Finding(Kind kind, Position from, Position to, String what) {

    /** What may have happened to a trail. */
    public enum Kind {
        /** An entry, or its mac, is not what was sealed. */
        CHANGED,
        /** Entries are not there. */
        MISSING,
        /** An entry stands in another one's place. */
        REORDERED,
        /** Nobody with the key sealed this, or it was odd when it was sealed. */
        INSERTED,
        /** A checkpoint or base that nobody with the key has signed. */
        FORGED,
        /** The trail is an older one, or another one, than it was. */
        ROLLED_BACK
    }

    static Finding of(Kind kind, Position number, String what) {
        return new Finding(kind, number, number, what);
    }

    /** {@code changed 5: ...}, {@code missing 5-7: ...}. */
    @Override
    public String toString() {
        String numbers = from.equals(to) ? from.toString() : from + " to " + to;
        return kind.name().toLowerCase(Locale.ROOT) + " " + numbers + ": " + what;
    }
}
