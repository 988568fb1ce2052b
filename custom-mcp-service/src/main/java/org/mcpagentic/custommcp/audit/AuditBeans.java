package org.mcpagentic.custommcp.audit;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.mcpagentic.access.audit.AuditReader;
import org.mcpagentic.access.redis.RedisAuditReader;
import org.mcpagentic.store.redis.RedisBase;

/** The trail's ports on the store's Redis. */
@Singleton
class AuditBeans {

    @Produces
    @Singleton
    AuditReader reader(RedisBase base) {
        return new RedisAuditReader(base);
    }
}
