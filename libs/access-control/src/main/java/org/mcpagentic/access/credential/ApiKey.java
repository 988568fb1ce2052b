package org.mcpagentic.access.credential;

import java.time.Instant;
import java.util.Optional;
import org.mcpagentic.access.Limits;
import org.mcpagentic.access.Rights;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.TenantId;

/**
 * A key as it is known: all but its secret.
 *
 * @param createdBy who made it
 * @param expiresAt when it ends by itself, if ever
 * @param revokedAt when it was ended, if it was
 * @param lastUsedAt to the minute
 * @param previousUntil until when the secret before the last rotation is valid too
 */
public record ApiKey(
        KeyId id,
        TenantId tenant,
        String name,
        Rights rights,
        Limits limits,
        Instant createdAt,
        OwnerId createdBy,
        Optional<Instant> expiresAt,
        Optional<Instant> revokedAt,
        Optional<Instant> lastUsedAt,
        Optional<Instant> previousUntil) {}
