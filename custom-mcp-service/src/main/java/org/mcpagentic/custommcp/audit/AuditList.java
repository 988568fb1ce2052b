package org.mcpagentic.custommcp.audit;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mcpagentic.access.audit.AuditPage;
import org.mcpagentic.access.audit.trail.Position;

/**
 * Part of a tenant's audit trail.
 *
 * @param nextCursor where the next page begins; left out at the end. A page with fewer entries than were asked for may have one
 */
@RegisterForReflection
@Schema(name = "AuditList")
public record AuditList(List<AuditEntryDocument> items, Optional<String> nextCursor) {

    static AuditList of(AuditPage page) {
        return new AuditList(
                page.entries().stream().map(AuditEntryDocument::of).toList(),
                page.next().map(Position::id));
    }
}
