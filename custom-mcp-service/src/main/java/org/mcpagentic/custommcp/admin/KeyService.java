package org.mcpagentic.custommcp.admin;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.mcpagentic.access.Principal;
import org.mcpagentic.access.Rights;
import org.mcpagentic.access.Scope;
import org.mcpagentic.access.audit.AuditLog;
import org.mcpagentic.access.credential.ApiKey;
import org.mcpagentic.access.credential.ApiKeys;
import org.mcpagentic.access.credential.IssuedKey;
import org.mcpagentic.access.credential.KeyChange;
import org.mcpagentic.access.credential.KeyId;
import org.mcpagentic.access.credential.KeyPage;
import org.mcpagentic.access.credential.NewApiKey;
import org.mcpagentic.edge.problem.FieldError;
import org.mcpagentic.edge.problem.ProblemCode;
import org.mcpagentic.edge.problem.ProblemException;
import org.mcpagentic.store.TenantId;

/**
 * What administrators can do with keys. Without the scope {@code platform} they know only those of their own tenant, and among them none
 * that has it: what they may not touch looks unknown, and what they do not have they cannot give.
 */
@ApplicationScoped
class KeyService {

    private static final String KEY = "key";
    private static final String NEVER = "never";
    private static final Instant END_OF_TIME = Instant.parse("+10000-01-01T00:00:00Z");

    private final ApiKeys keys;
    private final AuditLog audit;
    private final Clock clock;

    KeyService(ApiKeys keys, AuditLog audit, Clock clock) {
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
    }

    Uni<IssuedKey> create(Principal caller, KeyRequest request) {
        TenantId tenant = request.tenant().map(KeyService::tenantField).orElse(caller.tenant());
        Rights rights = rights(caller, request.scopes());
        Optional<Instant> expiresAt = request.expiresAt().map(this::expiry).flatMap(KeyService::time);
        refuseUnlessReached(caller, tenant);
        NewApiKey wanted = new NewApiKey(
                tenant,
                request.name(),
                rights,
                request.limits().orElse(LimitsDocument.NONE).limits(),
                expiresAt,
                caller.owner());
        return keys.create(wanted)
                .map(issued -> issued.orElseThrow(KeyService::unknownTenant))
                .call(issued -> audit.append(KeyEvents.created(caller.owner(), issued.key())));
    }

    Uni<KeyPage> list(Principal caller, Optional<String> tenant, PageParameters page) {
        TenantId wanted = tenant.map(KeyService::tenantParameter).orElse(caller.tenant());
        refuseUnlessReached(caller, wanted);
        return keys.list(wanted, page.below(), page.limit())
                .map(found -> new KeyPage(
                        found.keys().stream()
                                .filter(key -> reaches(caller, key))
                                .toList(),
                        found.next()));
    }

    Uni<ApiKey> find(Principal caller, String id) {
        refuseWhereThereAreNone(caller);
        if (!KeyId.looksLike(id)) {
            throw unknownKey();
        }
        return keys.find(new KeyId(id))
                .map(known -> known.filter(key -> reaches(caller, key)).orElseThrow(KeyService::unknownKey));
    }

    Uni<ApiKey> change(Principal caller, String id, KeyPatch patch) {
        KeyChange change = new KeyChange(
                patch.name(),
                patch.scopes().map(scopes -> rights(caller, scopes)),
                patch.limits().map(LimitsDocument::limits),
                patch.expiresAt().map(this::expiry));
        return find(caller, id)
                .chain(key -> keys.change(key.id(), change))
                .map(changed -> changed.orElseThrow(KeyService::revoked))
                .call(key -> audit.append(KeyEvents.changed(caller.owner(), key, change)));
    }

    Uni<IssuedKey> rotate(Principal caller, String id, RotationRequest request) {
        Duration grace = grace(request.grace().orElse(BigDecimal.ZERO));
        return find(caller, id)
                .chain(key -> keys.rotate(key.id(), grace))
                .map(issued -> issued.orElseThrow(KeyService::revoked))
                .call(issued -> audit.append(KeyEvents.rotated(caller.owner(), issued.key(), grace)));
    }

    /** Also a key that is revoked already. */
    Uni<Void> revoke(Principal caller, String id) {
        return find(caller, id)
                .chain(key -> keys.revoke(key.id()))
                .map(revoked -> revoked.orElseThrow(KeyService::unknownKey))
                .call(key -> audit.append(KeyEvents.revoked(caller.owner(), key)))
                .replaceWithVoid();
    }

    private static void refuseUnlessReached(Principal caller, TenantId tenant) {
        refuseWhereThereAreNone(caller);
        if (!tenant.equals(caller.tenant()) && !caller.rights().allow(Scope.PLATFORM)) {
            throw unknownTenant();
        }
    }

    private static void refuseWhereThereAreNone(Principal caller) {
        if (caller.kind() == Principal.Kind.LOCAL) {
            throw new ProblemException(ProblemCode.NOT_FOUND, "access control is off, so there are no keys");
        }
    }

    private static boolean reaches(Principal caller, ApiKey key) {
        return caller.rights().allow(Scope.PLATFORM)
                || (key.tenant().equals(caller.tenant()) && !key.rights().allow(Scope.PLATFORM));
    }

    private static Rights rights(Principal caller, List<String> names) {
        SortedSet<Scope> scopes = new TreeSet<>();
        List<FieldError> errors = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String field = "scopes[" + i + "]";
            Optional<Scope> scope = scope(names.get(i));
            if (scope.isEmpty()) {
                errors.add(new FieldError(field, "is no scope"));
            } else if (scope.get().equals(Scope.PLATFORM) && !caller.rights().allow(Scope.PLATFORM)) {
                errors.add(new FieldError(field, "can only be given by those who have it"));
            } else {
                scopes.add(scope.get());
            }
        }
        if (!errors.isEmpty()) {
            String detail =
                    "\"" + errors.getFirst().field() + "\" " + errors.getFirst().message();
            throw new ProblemException(ProblemCode.INVALID, detail, errors, Optional.empty());
        }
        return new Rights(scopes);
    }

    private static Optional<Scope> scope(String name) {
        try {
            return Optional.of(new Scope(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static TenantId tenantField(String name) {
        try {
            return new TenantId(name);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("tenant", "must be 1 to 64 characters of a-z, 0-9, _ and -");
        }
    }

    private static TenantId tenantParameter(String name) {
        try {
            return new TenantId(name);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    ProblemCode.BAD_PARAMETER, "the parameter tenant is 1 to 64 characters of a-z, 0-9, _ and -");
        }
    }

    private KeyChange.Expiry expiry(String text) {
        if (text.equals(NEVER)) {
            return new KeyChange.Expiry.Never();
        }
        try {
            Instant time = DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
            if (!time.isAfter(clock.instant()) || !time.isBefore(END_OF_TIME)) {
                throw ProblemException.invalid("expires_at", "must be in the future, before the year 10000");
            }
            return new KeyChange.Expiry.At(time);
        } catch (DateTimeParseException e) {
            throw ProblemException.invalid(
                    "expires_at", "must be a time as in RFC 3339, such as 2027-01-31T08:00:00Z, or never");
        }
    }

    private static Optional<Instant> time(KeyChange.Expiry expiry) {
        return switch (expiry) {
            case KeyChange.Expiry.Never never -> Optional.empty();
            case KeyChange.Expiry.At(Instant time) -> Optional.of(time);
        };
    }

    private static Duration grace(BigDecimal seconds) {
        BigDecimal most = BigDecimal.valueOf(ApiKeys.MOST_GRACE.toSeconds());
        if (seconds.signum() < 0 || seconds.compareTo(most) > 0) {
            throw ProblemException.invalid("grace", "must be 0 to " + most + " seconds");
        }
        return Duration.ofMillis(seconds.movePointRight(3).longValue());
    }

    private static ProblemException unknownKey() {
        return ProblemException.notFound(KEY);
    }

    private static ProblemException unknownTenant() {
        return ProblemException.notFound("tenant");
    }

    private static ProblemException revoked() {
        return new ProblemException(ProblemCode.ILLEGAL_TRANSITION, "the key is revoked, which is for good");
    }
}
