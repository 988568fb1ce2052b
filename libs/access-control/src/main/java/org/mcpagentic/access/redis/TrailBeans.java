package org.mcpagentic.access.redis;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.mcpagentic.access.AccessConfig;
import org.mcpagentic.access.audit.AuditLog;
import org.mcpagentic.access.audit.RefusalLog;
import org.mcpagentic.store.redis.RedisBase;

/** What services write into the audit trail by; where access control is off nobody is known, and nothing is written. */
@ApplicationScoped
class TrailBeans {

    @Produces
    @Singleton
    AuditLog log(RedisBase base, AccessConfig config) {
        return config.enabled()
                ? new RedisAuditLog(base)
                : event -> Uni.createFrom().voidItem();
    }

    @Produces
    @Singleton
    RefusalLog refusals(AuditLog log) {
        return new RefusalLog(log, InstantSource.system());
    }
}
