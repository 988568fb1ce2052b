package org.mcpagentic.access.redis;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.mcpagentic.access.limit.RateLimiter;
import org.mcpagentic.store.redis.RedisBase;

/** Limits as beans of a service. */
@ApplicationScoped
class LimitBeans {

    @Produces
    @Singleton
    RateLimiter rateLimiter(RedisBase base) {
        return new RedisRateLimiter(base);
    }
}
