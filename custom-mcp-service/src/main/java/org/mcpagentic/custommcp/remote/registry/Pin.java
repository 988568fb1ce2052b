package org.mcpagentic.custommcp.remote.registry;

import java.util.Optional;
import org.mcpagentic.custommcp.remote.definition.Definition;

/**
 * What is known of one tool of a server.
 *
 * @param approved what may be used; nothing where nobody approved anything yet
 * @param seen what the server says now, where that is not what is approved
 * @param missing whether the server no longer lists it
 */
public record Pin(Optional<Definition> approved, Optional<Definition> seen, boolean missing) {

    /** Whether it may be used, and why not. */
    public enum Status {
        /** It is what was approved. */
        APPROVED,
        /** It is another than was approved: quarantined. */
        CHANGED,
        /** It came after the first look, or nothing is trusted at first sight. */
        NEW,
        /** The server no longer lists it. */
        MISSING
    }

    public Status status() {
        if (missing) {
            return Status.MISSING;
        }
        if (seen.isEmpty()) {
            return Status.APPROVED;
        }
        return approved.isEmpty() ? Status.NEW : Status.CHANGED;
    }

    /** The newest that is known. */
    public Definition newest() {
        return seen.or(() -> approved).orElseThrow();
    }
}
