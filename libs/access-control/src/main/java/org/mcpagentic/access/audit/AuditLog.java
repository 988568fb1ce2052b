package org.mcpagentic.access.audit;

import io.smallrye.mutiny.Uni;

/** Where security events are written down, beside those that the store's own transitions write. */
@FunctionalInterface
public interface AuditLog {

    /** Appends an entry to the tenant's shard; fails with {@link org.mcpagentic.store.StoreException} where Redis does not answer. */
    Uni<Void> append(AuditEvent event);
}
