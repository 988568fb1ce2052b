package org.mcpagentic.custommcp.admin;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mcpagentic.access.tenant.Tenant;

/** A tenant on the wire. */
@RegisterForReflection
@Schema(name = "Tenant")
public record TenantDocument(String tenant, Instant createdAt) {

    static TenantDocument of(Tenant tenant) {
        return new TenantDocument(tenant.id().value(), tenant.createdAt());
    }
}
