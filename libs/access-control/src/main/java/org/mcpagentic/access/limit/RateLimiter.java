package org.mcpagentic.access.limit;

import io.smallrye.mutiny.Uni;
import org.mcpagentic.store.Allowance;
import org.mcpagentic.store.Guard;
import org.mcpagentic.store.TenantId;

/** Counts requests that make no write of their own. */
@FunctionalInterface
public interface RateLimiter {

    /**
     * Takes one request from a bucket.
     *
     * @param tenant in whose shard the bucket lives
     * @return what is left; fails with {@code GUARD_REFUSED} where it is empty
     */
    Uni<Allowance> take(TenantId tenant, Guard.Rate rate);
}
