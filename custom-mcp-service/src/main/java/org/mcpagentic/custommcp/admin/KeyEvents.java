package org.mcpagentic.custommcp.admin;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mcpagentic.access.Rights;
import org.mcpagentic.access.audit.AuditEvent;
import org.mcpagentic.access.credential.ApiKey;
import org.mcpagentic.access.credential.KeyChange;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.TenantId;

/** What is written down about keys and tenants, in the trail of the tenant that they are of. */
final class KeyEvents {

    private static final int MOST_DETAIL = 1_024;

    private KeyEvents() {}

    static AuditEvent created(OwnerId actor, ApiKey key) {
        return event("key.create", actor, key, scopes(key.rights()));
    }

    /** Says what was changed, and of scopes to what. */
    static AuditEvent changed(OwnerId actor, ApiKey key, KeyChange change) {
        String detail = Stream.of(
                        change.name().map(name -> "name"),
                        change.limits().map(limits -> "limits"),
                        change.expiry().map(expiry -> "expires_at"),
                        change.rights().map(KeyEvents::scopes))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
        return event("key.change", actor, key, detail);
    }

    static AuditEvent rotated(OwnerId actor, ApiKey key, Duration grace) {
        return event("key.rotate", actor, key, "grace " + grace.toSeconds() + " s");
    }

    static AuditEvent revoked(OwnerId actor, ApiKey key) {
        return event("key.revoke", actor, key, "");
    }

    static AuditEvent created(OwnerId actor, TenantId tenant) {
        return new AuditEvent(tenant, actor.value(), "tenant.create", tenant.value(), "");
    }

    private static AuditEvent event(String action, OwnerId actor, ApiKey key, String detail) {
        return new AuditEvent(key.tenant(), actor.value(), action, key.id().value(), detail);
    }

    private static String scopes(Rights rights) {
        String scopes = "scopes " + rights;
        return scopes.length() <= MOST_DETAIL - 32 ? scopes : scopes.substring(0, MOST_DETAIL - 32) + "...";
    }
}
