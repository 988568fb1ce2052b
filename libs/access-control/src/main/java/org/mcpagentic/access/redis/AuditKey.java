package org.mcpagentic.access.redis;

import org.mcpagentic.store.redis.KeyName;

/** Every Redis key of the audit trail beside the store's own {@code audit}, which holds what is not sealed yet. */
enum AuditKey implements KeyName {
    /** Text that expires: a number that rises with each sealer, and who it is; the right to seal. */
    AUDIT_LEASE("auditlease"),
    /** Hash: the last sealed position with its mac, the last checkpoint with its time, the base, and the leases given so far. */
    AUDIT_STATE("auditstate"),
    /** Stream: sealed entries by position, each with its mac. */
    AUDIT_SEALED("auditsealed"),
    /** Stream: signed checkpoints by the position that they are of. */
    AUDIT_CHECKPOINTS("auditcheckpoints"),
    /** Marker per nonce of a caller that appends, for a minute. */
    AUDIT_NONCE("auditnonce:");

    private final String suffix;

    AuditKey(String suffix) {
        this.suffix = suffix;
    }

    @Override
    public String suffix() {
        return suffix;
    }
}
