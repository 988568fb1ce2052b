package org.mcpagentic.access.redis;

import io.smallrye.mutiny.Uni;
import org.mcpagentic.access.audit.AuditEvent;
import org.mcpagentic.access.audit.AuditLog;
import org.mcpagentic.store.redis.Arguments;
import org.mcpagentic.store.redis.RedisBase;
import org.mcpagentic.store.redis.Shards;

/** Appends to the trail of the tenant's shard, behind what the store's transitions append. */
public final class RedisAuditLog implements AuditLog {

    private final RedisBase base;

    public RedisAuditLog(RedisBase base) {
        this.base = base;
    }

    @Override
    public Uni<Void> append(AuditEvent event) {
        return Uni.createFrom().deferred(() -> {
            Arguments arguments = Arguments.of(
                    Shards.random(),
                    event.tenant().value(),
                    event.actor(),
                    event.action(),
                    event.target(),
                    event.detail());
            return base.scripts()
                    .run(base.shards().of(event.tenant()), AuditScript.AUDIT_APPEND, arguments.list())
                    .replaceWithVoid();
        });
    }
}
