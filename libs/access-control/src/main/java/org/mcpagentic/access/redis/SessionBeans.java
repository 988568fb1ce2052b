package org.mcpagentic.access.redis;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import org.mcpagentic.access.AccessSecret;
import org.mcpagentic.access.session.SessionConfig;
import org.mcpagentic.access.session.Sessions;
import org.mcpagentic.access.session.SignInLinks;
import org.mcpagentic.store.redis.RedisBase;

/** Browsers' sessions as beans of a service, made when they are first asked for. */
@ApplicationScoped
class SessionBeans {

    // why typed: as credentials they are one kind among others
    @Produces
    @Singleton
    @Typed(Sessions.class)
    Sessions sessions(RedisBase base, AccessSecret secret, SessionConfig config) {
        return new RedisSessions(base, secret, config);
    }

    @Produces
    @Singleton
    SignInLinks links(RedisBase base, AccessSecret secret, SessionConfig config) {
        return new RedisSessions(base, secret, config);
    }
}
