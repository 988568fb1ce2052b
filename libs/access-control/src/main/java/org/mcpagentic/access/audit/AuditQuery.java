package org.mcpagentic.access.audit;

import java.util.Optional;
import org.mcpagentic.access.audit.trail.Position;

/**
 * What is looked for in a tenant's trail.
 *
 * @param before where the page before ended
 * @param actor only what this one did
 * @param action only this was done
 * @param limit most entries, 1 to 200
 */
public record AuditQuery(Optional<Position> before, Optional<String> actor, Optional<String> action, int limit) {

    public AuditQuery {
        if (limit < 1 || limit > 200) {
            throw new IllegalArgumentException("a page has 1 to 200 entries");
        }
    }
}
