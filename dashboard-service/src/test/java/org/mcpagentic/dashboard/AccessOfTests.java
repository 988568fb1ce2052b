package org.mcpagentic.dashboard;

import io.quarkus.arc.DefaultBean;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.mcpagentic.access.AccessConfig;
import org.mcpagentic.access.AccessSecret;
import org.mcpagentic.access.Limits;
import org.mcpagentic.access.Principal;
import org.mcpagentic.access.Rights;
import org.mcpagentic.access.audit.AuditEvent;
import org.mcpagentic.access.audit.AuditLog;
import org.mcpagentic.access.credential.Credentials;
import org.mcpagentic.access.credential.KeyId;
import org.mcpagentic.access.token.Token;
import org.mcpagentic.localredis.LocalRedis;
import org.mcpagentic.store.TenantId;

/** Keys that tests make, and an audit trail that they can read. */
@ApplicationScoped
public class AccessOfTests {
    private static final Map<Token, TenantId> KEYS = new ConcurrentHashMap<>();

    @Produces
    @Singleton
    @DefaultBean
    AccessSecret secret(AccessConfig config) {
        return AccessSecret.of(config.secret().orElse("A".repeat(44)));
    }

    @Produces
    @Singleton
    @DefaultBean
    Credentials credentials() {
        return token -> Uni.createFrom()
                .item(
                        KEYS.containsKey(token)
                                ? Optional.of(new Principal(
                                        KEYS.get(token),
                                        KeyId.of(token).owner(),
                                        Principal.Kind.KEY,
                                        Rights.ALL,
                                        Limits.NONE,
                                        Optional.empty(),
                                        Optional.empty()))
                                : Optional.empty());
    }

    /** Makes an API key that has these scopes. */
    public static Token aKey(LocalRedis redis, String scopes) {
        return aKey(redis, TenantId.DEFAULT, scopes);
    }

    /** Makes an API key of a tenant. */
    public static Token aKey(LocalRedis redis, TenantId tenant, String scopes) {
        Token token = Token.random(Token.Kind.KEY, 0);
        keep(redis, token, tenant, scopes);
        return token;
    }

    public static void keep(LocalRedis redis, Token token, TenantId tenant, String scopes) {
        KEYS.put(token, tenant);
        redis.command(
                "HSET",
                record(token),
                "tenant",
                tenant.value(),
                "scopes",
                scopes,
                "limits",
                "{}",
                "expires",
                "0",
                "revoked",
                "0");
    }

    public static String record(Token key) {
        return "mcp:{0}:apikey:" + KeyId.of(key);
    }

    /** Remembers what would be written down. */
    @Alternative
    @Priority(1)
    @Singleton
    public static class Trail implements AuditLog {
        private final List<AuditEvent> events = new ArrayList<>();

        @Override
        public synchronized Uni<Void> append(AuditEvent event) {
            events.add(event);
            return Uni.createFrom().voidItem();
        }

        public synchronized List<AuditEvent> events() {
            return List.copyOf(events);
        }
    }
}
