package org.mcpagentic.access.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mcpagentic.access.redis.TestKeys.await;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.mcpagentic.access.tenant.Tenant;
import org.mcpagentic.access.tenant.TenantPage;
import org.mcpagentic.access.tenant.Tenants.Creation;
import org.mcpagentic.store.TenantId;

/** What tenants promise on every setting of the store. */
interface TenantContract {

    TestKeys test();

    @Test
    default void theDefaultTenantIsAlwaysThere() {
        assertThat(await(test().tenants.find(TenantId.DEFAULT))).isPresent();
        assertThat(await(test().tenants.create(TenantId.DEFAULT)).fresh()).isFalse();
        assertThat(all().getLast().id()).isEqualTo(TenantId.DEFAULT);
    }

    @Test
    default void aTenantIsMadeOnce() {
        TenantId id = new TenantId("t-" + UUID.randomUUID());
        assertThat(await(test().tenants.find(id))).isEmpty();

        List<Creation> creations = await(Uni.join()
                .all(test().tenants.create(id), test().tenants.create(id))
                .andFailFast());

        Tenant tenant = creations.getFirst().tenant();
        assertThat(creations.stream().filter(Creation::fresh)).hasSize(1);
        assertThat(creations.getLast().tenant()).isEqualTo(tenant);
        assertThat(await(test().tenants.find(id))).contains(tenant);
        assertThat(tenant.createdAt()).isBetween(test().now().minusSeconds(5), test().now());
    }

    @Test
    default void pagesFollowEachOtherNewestFirstWithoutGaps() {
        List<TenantId> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(test().aTenant("t-" + UUID.randomUUID()));
        }

        List<TenantId> listed = all().stream().map(Tenant::id).toList();

        assertThat(listed).startsWith(made.reversed().toArray(TenantId[]::new)).doesNotHaveDuplicates();
    }

    private List<Tenant> all() {
        List<Tenant> all = new ArrayList<>();
        OptionalLong below = OptionalLong.empty();
        do {
            TenantPage page = await(test().tenants.list(below, 2));
            all.addAll(page.tenants());
            below = page.next();
        } while (below.isPresent());
        return all;
    }
}
