package org.mcpagentic.custommcp.admin;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mcpagentic.access.Scope;
import org.mcpagentic.access.credential.ApiKey;
import org.mcpagentic.access.credential.IssuedKey;

/** A key on the wire. What it does not have is left out. */
@RegisterForReflection
@Schema(name = "Key")
public record KeyDocument(
        @Schema(description = "also the owner of what the key makes", examples = "k0-4g8qz1m0wn3vtd6x")
        String keyId,

        String tenant,
        String name,
        List<String> scopes,
        LimitsDocument limits,
        Instant createdAt,
        String createdBy,
        Optional<Instant> expiresAt,
        Optional<Instant> revokedAt,

        @Schema(description = "to the minute") Optional<Instant> lastUsedAt,

        @Schema(description = "until when the secret before the last rotation is valid too")
        Optional<Instant> previousUntil,

        @Schema(description = "the whole secret token: shown in the answer that made it, and never again")
        Optional<String> token) {

    static KeyDocument of(ApiKey key) {
        return of(key, Optional.empty());
    }

    static KeyDocument of(IssuedKey issued) {
        return of(issued.key(), Optional.of(issued.token().text()));
    }

    private static KeyDocument of(ApiKey key, Optional<String> token) {
        return new KeyDocument(
                key.id().value(),
                key.tenant().value(),
                key.name(),
                key.rights().scopes().stream().map(Scope::value).toList(),
                LimitsDocument.of(key.limits()),
                key.createdAt(),
                key.createdBy().value(),
                key.expiresAt(),
                key.revokedAt(),
                key.lastUsedAt(),
                key.previousUntil(),
                token);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "KeyDocument[" + keyId + "]";
    }
}
