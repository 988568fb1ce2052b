package org.mcpagentic.access.redis;

import org.mcpagentic.store.redis.KeyName;

/** Every Redis key of access control (T tenant, ID a record's id), in the shard of the tenant. */
enum AccessKey implements KeyName {
    /**
     * Hash per API key, whose ID is the owner of what it makes ({@code k0-...}): tenant, name, scopes (between blanks), limits (JSON),
     * created, by, expires (microseconds, 0: never), revoked (microseconds, 0: not), hash (hexadecimal HMAC of the secret), during a
     * rotation's grace the old hash with its end (old, old_until), and, to the minute, used.
     */
    API_KEY("apikey:"),
    /** Sorted set per tenant: ids of its API keys by creation. */
    API_KEYS("apikeys:"),
    /** Sorted set, in shard 0 alone: the tenants that there are, by creation. */
    KNOWN_TENANTS("knowntenants");

    private final String suffix;

    AccessKey(String suffix) {
        this.suffix = suffix;
    }

    @Override
    public String suffix() {
        return suffix;
    }
}
