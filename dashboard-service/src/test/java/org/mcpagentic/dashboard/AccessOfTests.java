package org.mcpagentic.dashboard;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mcpagentic.access.Limits;
import org.mcpagentic.access.Rights;
import org.mcpagentic.access.audit.AuditEvent;
import org.mcpagentic.access.audit.AuditLog;
import org.mcpagentic.access.credential.ApiKeys;
import org.mcpagentic.access.credential.NewApiKey;
import org.mcpagentic.access.tenant.Tenants;
import org.mcpagentic.access.token.Token;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.TenantId;

/** Keys that tests make, and an audit trail that they can read. */
@Singleton
public class AccessOfTests {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ApiKeys keys;
    private final Tenants tenants;

    AccessOfTests(ApiKeys keys, Tenants tenants) {
        this.keys = keys;
        this.tenants = tenants;
    }

    /** Makes an API key that has these scopes. */
    public Token aKey(String scopes) {
        return aKey(TenantId.DEFAULT, scopes);
    }

    /** Makes an API key of a tenant. */
    public Token aKey(TenantId tenant, String scopes) {
        await(tenants.create(tenant));
        return await(keys.create(new NewApiKey(
                        tenant, "of a test", Rights.parse(scopes), Limits.NONE, Optional.empty(), new OwnerId("test"))))
                .orElseThrow()
                .token();
    }

    /** Makes an API key, with all rights, of a token. */
    public void keep(Token token) {
        await(keys.ensure(token));
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
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
