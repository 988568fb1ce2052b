package org.mcpagentic.custommcp.remote.redis;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.mcpagentic.access.AccessSecret;
import org.mcpagentic.custommcp.remote.registry.RemoteStore;
import org.mcpagentic.store.redis.RedisBase;

/** The store of external servers as a bean. */
@ApplicationScoped
class RemoteBeans {

    @Produces
    @Singleton
    RemoteStore store(RedisBase base, AccessSecret secret) {
        return new RedisRemoteStore(base, secret);
    }
}
