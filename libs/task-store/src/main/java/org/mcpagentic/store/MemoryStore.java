package org.mcpagentic.store;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/**
 * What each tenant wants to remember: texts under keys. Every operation but a search is one atomic step, safe to repeat, and
 * fails with {@link StoreException}; {@code STORE_UNAVAILABLE} within two seconds where Redis does not answer. What has
 * expired is as if it had never been.
 */
public interface MemoryStore {

    /**
     * Remembers, also in place of what the key held before; the same value again changes nothing but when it expires.
     *
     * @return fails with {@code MEMORY_FULL} where the tenant has as many entries or bytes as it may, with {@code STORE_FULL}
     *     where the store takes nothing new; what the key held is then still there
     */
    Uni<MemoryHeading> put(TenantId tenant, NewMemory memory);

    /** What the key holds. */
    Uni<Optional<MemoryEntry>> get(TenantId tenant, MemoryKey key);

    /**
     * The entries that fit a query best. Reads the tenant's memory in pages; what changes meanwhile may be found or not.
     *
     * @return the best first
     */
    Uni<List<MemoryEntry>> search(TenantId tenant, MemoryQuery query);

    /**
     * What is remembered, in order of key.
     *
     * @param prefix what the keys begin with, empty for all
     * @param after where a page before ended, {@link MemoryPage#next()}
     * @param limit 1 to 200; a page may have fewer entries than that and still not be the last
     */
    Uni<MemoryPage> list(TenantId tenant, String prefix, Optional<MemoryKey> after, int limit);

    /**
     * Forgets.
     *
     * @return whether there was something to forget
     */
    Uni<Boolean> delete(TenantId tenant, MemoryKey key);
}
