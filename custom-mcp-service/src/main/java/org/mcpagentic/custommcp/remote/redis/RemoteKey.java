package org.mcpagentic.custommcp.remote.redis;

import org.mcpagentic.store.redis.KeyName;

/** Every Redis key of external servers (S tenant or an asterisk, a slash, and the server's name), in shard 0 alone. */
enum RemoteKey implements KeyName {
    /** Hash of added servers: by S what was asked for, as JSON, with its token sealed. */
    REMOTE_SERVERS("remoteservers"),
    /** Counter of changes. */
    REMOTE_VERSION("remoteversion"),
    /**
     * Hash per server, {@code remotepins:S}: {@code looked}, and of each tool T what is approved ({@code a:T}) with its hash ({@code h:T}),
     * what was last seen ({@code d:T}) with its hash ({@code s:T}) where that differs, and a mark where it is missing ({@code m:T});
     * {@code v} is the counter of changes as of the last one here.
     */
    REMOTE_PINS("remotepins:");

    private final String suffix;

    RemoteKey(String suffix) {
        this.suffix = suffix;
    }

    @Override
    public String suffix() {
        return suffix;
    }
}
