package org.mcpagentic.access.audit;

import java.util.List;
import java.util.Optional;
import org.mcpagentic.access.audit.trail.Entry;
import org.mcpagentic.access.audit.trail.Position;

/**
 * Part of a tenant's trail, newest first.
 *
 * @param next where the next page begins before; nothing at the end
 */
public record AuditPage(List<Listed> entries, Optional<Position> next) {

    public AuditPage {
        entries = List.copyOf(entries);
    }

    /**
     * One entry.
     *
     * @param mac nothing where it is not sealed yet
     */
    public record Listed(Entry entry, Optional<String> mac) {}
}
