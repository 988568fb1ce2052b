package org.mcpagentic.access.redis;

import org.mcpagentic.store.redis.KeyName;

/** Every Redis key of browsers' sessions (T tenant, O owner, ID a session's or a link's id), in the shard of the tenant. */
enum SessionKey implements KeyName {
    /**
     * Hash per session: hash (hexadecimal HMAC of the secret), tenant, owner, key (id of the API key, empty of a person), scopes and limits (of
     * a person), agent, started, seen, ends (microseconds; the last is the latest it may be), idle (for how many it may go unused). Gone by itself when the session is over.
     */
    SIGN_IN("signin:"),
    /** Sorted set per tenant and owner, {@code signins:T:O}: ids of sessions by the microsecond at which they end at the latest. */
    SIGN_INS("signins:"),
    /**
     * Hash per link: hash (hexadecimal HMAC of the secret), key, ends (microseconds), and once it was used session, the id of what it opened. Kept long after its end, so that it is not taken for a new one.
     */
    SIGN_IN_LINK("signinlink:");

    private final String suffix;

    SessionKey(String suffix) {
        this.suffix = suffix;
    }

    @Override
    public String suffix() {
        return suffix;
    }
}
