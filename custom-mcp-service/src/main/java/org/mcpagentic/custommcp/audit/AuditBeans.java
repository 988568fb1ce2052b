package org.mcpagentic.custommcp.audit;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.mcpagentic.access.audit.AuditLog;
import org.mcpagentic.access.audit.AuditReader;
import org.mcpagentic.access.redis.RedisAuditLog;
import org.mcpagentic.access.redis.RedisAuditReader;
import org.mcpagentic.store.redis.RedisBase;

/** The trail's ports on the store's Redis. */
@Singleton
class AuditBeans {

    @Produces
    @Singleton
    @DefaultBean
    AuditLog log(RedisBase base) {
        return new RedisAuditLog(base);
    }

    @Produces
    @Singleton
    AuditReader reader(RedisBase base) {
        return new RedisAuditReader(base);
    }
}
