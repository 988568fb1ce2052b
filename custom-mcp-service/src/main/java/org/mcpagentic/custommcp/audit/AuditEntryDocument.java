package org.mcpagentic.custommcp.audit;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mcpagentic.access.audit.AuditPage.Listed;
import org.mcpagentic.access.audit.trail.Entry;

/** An entry of the audit trail on the wire. What it does not have is left out. */
@RegisterForReflection
@Schema(name = "AuditEntry")
public record AuditEntryDocument(
        @Schema(
                description =
                        "counts the entries of all tenants of the shard; with a dash and a second number where it was odd")
        String number,

        Optional<Instant> at,
        String actor,

        @Schema(description = "what was done, such as key.create")
        String action,

        String target,
        String detail,

        @Schema(description = "whether it is chained to the others; it is within a second of being written")
        boolean sealed,

        Optional<String> mac,

        @Schema(description = "what was odd about it when it was sealed")
        Optional<String> mark) {

    static AuditEntryDocument of(Listed listed) {
        Entry entry = listed.entry();
        return new AuditEntryDocument(
                entry.position().toString(),
                entry.at(),
                entry.field("actor"),
                entry.field("action"),
                entry.field("target"),
                entry.field("detail"),
                listed.mac().isPresent(),
                listed.mac(),
                Optional.of(entry.mark()).filter(mark -> !mark.isEmpty()));
    }
}
