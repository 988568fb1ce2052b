package org.mcpagentic.access.redis;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import org.mcpagentic.access.AccessConfig;
import org.mcpagentic.access.AccessSecret;
import org.mcpagentic.access.credential.ApiKeys;
import org.mcpagentic.access.credential.CachedCredentials;
import org.mcpagentic.access.credential.Credentials;
import org.mcpagentic.access.session.Sessions;
import org.mcpagentic.access.tenant.Tenants;
import org.mcpagentic.access.token.Token;
import org.mcpagentic.store.redis.RedisBase;

/** Access control as beans of a service. None asks Redis for anything before somebody asks it. */
@ApplicationScoped
class AccessBeans {

    private static final int FIRST_OF_ALL = 1;

    private final AccessConfig config;
    private final AccessSecret secret;
    private final Tenants tenants;
    private final RedisApiKeys keys;

    AccessBeans(AccessConfig config, RedisBase base) {
        this.config = config;
        this.secret = secret(config);
        this.tenants = new RedisTenants(base);
        this.keys = new RedisApiKeys(base, tenants, secret);
    }

    /** Why observed: so that a secret that is not there stops the start, and not the first request. */
    void start(@Observes @Priority(FIRST_OF_ALL) StartupEvent event) {}

    /** @throws IllegalStateException if it is needed and missing, or it is not one; the message does not show it */
    static AccessSecret secret(AccessConfig config) {
        try {
            return config.secret().map(AccessSecret::of).orElseGet(() -> without(config));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("access.secret (ACCESS_SECRET) cannot be used: " + e.getMessage(), e);
        }
    }

    private static AccessSecret without(AccessConfig config) {
        if (config.enabled()) {
            throw new IllegalStateException(
                    "access.secret (ACCESS_SECRET) is missing: give all services the same base64 of at least "
                            + AccessSecret.LEAST_BYTES + " random bytes, as `openssl rand -base64 32` prints it");
        }
        // why any: nobody proves anything by it, and what needs it all the same fails rather than being forgeable
        byte[] bytes = new byte[AccessSecret.LEAST_BYTES];
        new SecureRandom().nextBytes(bytes);
        return AccessSecret.of(Base64.getEncoder().encodeToString(bytes));
    }

    @Produces
    @Singleton
    AccessSecret secret() {
        return secret;
    }

    @Produces
    @Singleton
    Tenants tenants() {
        return tenants;
    }

    @Produces
    @Singleton
    ApiKeys keys() {
        return keys;
    }

    @Produces
    @Singleton
    Credentials credentials(Sessions sessions) {
        return new CachedCredentials(
                Map.of(Token.Kind.KEY, keys, Token.Kind.SESSION, sessions), config.cache(), InstantSource.system());
    }
}
