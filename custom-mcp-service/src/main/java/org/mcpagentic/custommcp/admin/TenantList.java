package org.mcpagentic.custommcp.admin;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mcpagentic.access.tenant.TenantPage;

/**
 * Part of a list of tenants.
 *
 * @param nextCursor where the next page begins; left out at the end
 */
@RegisterForReflection
@Schema(name = "TenantList")
public record TenantList(List<TenantDocument> items, Optional<String> nextCursor) {

    static TenantList of(TenantPage page) {
        return new TenantList(
                page.tenants().stream().map(TenantDocument::of).toList(), PageParameters.cursor(page.next()));
    }
}
