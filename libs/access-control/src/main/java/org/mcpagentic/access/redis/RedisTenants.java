package org.mcpagentic.access.redis;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.mcpagentic.access.tenant.Tenant;
import org.mcpagentic.access.tenant.TenantPage;
import org.mcpagentic.access.tenant.Tenants;
import org.mcpagentic.store.TenantId;
import org.mcpagentic.store.redis.Arguments;
import org.mcpagentic.store.redis.RedisBase;
import org.mcpagentic.store.redis.Replies;

/** Tenants in the first shard. */
final class RedisTenants implements Tenants {

    private static final int SHARD = 0;

    private final RedisBase base;

    RedisTenants(RedisBase base) {
        this.base = base;
    }

    @Override
    public Uni<Creation> create(TenantId id) {
        return base.scripts()
                .run(SHARD, AccessScript.TENANT_CREATE, List.of(id.value()))
                .map(reply -> {
                    if (!reply.get(0).toString().equals("known")) {
                        throw Replies.refusal(reply);
                    }
                    return new Creation(tenant(id, reply.get(1)), reply.get(2).toInteger() == 1);
                });
    }

    @Override
    public Uni<Optional<Tenant>> find(TenantId id) {
        return base.scripts()
                .run(SHARD, AccessScript.TENANT_FIND, List.of(id.value()))
                .map(reply -> reply.size() == 0 ? Optional.empty() : Optional.of(tenant(id, reply.get(0))));
    }

    @Override
    public Uni<TenantPage> list(OptionalLong below, int limit) {
        Arguments arguments = Arguments.of(Pages.position(below)).and(Pages.checked(limit));
        return base.scripts()
                .run(SHARD, AccessScript.TENANT_LIST, arguments.list())
                .map(reply -> {
                    List<Tenant> tenants = new ArrayList<>(reply.size());
                    for (int i = 1; i < reply.size(); i++) {
                        Response row = reply.get(i);
                        tenants.add(tenant(new TenantId(row.get(0).toString()), row.get(1)));
                    }
                    return new TenantPage(tenants, Pages.next(reply.get(0)));
                });
    }

    private static Tenant tenant(TenantId id, Response number) {
        return new Tenant(id, Replies.instant(number.toString()));
    }
}
