package org.mcpagentic.access.tenant;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.OptionalLong;
import org.mcpagentic.store.TenantId;

/**
 * The tenants there are. {@link TenantId#DEFAULT} is always one of them, and none ever goes. Everything fails with
 * {@link org.mcpagentic.store.StoreException} where Redis does not answer.
 */
public interface Tenants {

    /** Makes a tenant; one that is there stays as it is. Fails with {@code STORE_FULL} too. */
    Uni<Creation> create(TenantId id);

    Uni<Optional<Tenant>> find(TenantId id);

    /**
     * Newest first.
     *
     * @param below where the page before said that the next begins
     * @param limit 1 to 200
     */
    Uni<TenantPage> list(OptionalLong below, int limit);

    /** @param fresh whether it was not there before */
    record Creation(Tenant tenant, boolean fresh) {}
}
