package org.mcpagentic.access.audit;

import io.smallrye.mutiny.Uni;
import org.mcpagentic.store.TenantId;

/** Shows tenants their own trail. */
@FunctionalInterface
public interface AuditReader {

    /**
     * Looks at a bounded number of entries; the page may have fewer than were asked for, or none, and another one behind it. Fails with
     * {@link org.mcpagentic.store.StoreException} where Redis does not answer.
     */
    Uni<AuditPage> page(TenantId tenant, AuditQuery query);
}
