package org.mcpagentic.mcp.redis;

import org.mcpagentic.store.redis.KeyName;

/** Every Redis key of the MCP endpoint (T tenant, O owner, ID of a session or of a request of the server's), in the shard of the tenant. All go by themselves. */
enum McpKey implements KeyName {
    /** Hash per session: tenant, owner, version, client (its capabilities), level (of log lines), stream (id of the connection that takes what belongs to no request). */
    MCP_SESSION("mcpsession:"),
    /** Set per session: the resources that it watches. */
    MCP_WATCHED("mcpwatched:"),
    /** Sorted set per tenant and owner, {@code mcpsessions:T:O}: ids of sessions by the millisecond at which they end unless they are used. */
    MCP_SESSIONS("mcpsessions:"),
    /** Hash per request of the server's: session, and once it came answer, sealed with a key of the access secret. */
    MCP_MAIL("mcpmail:"),
    /** Text per request that a client cancelled, {@code mcpcancelled:ID:DIGEST}. */
    MCP_CANCELLED("mcpcancelled:");

    private final String suffix;

    McpKey(String suffix) {
        this.suffix = suffix;
    }

    @Override
    public String suffix() {
        return suffix;
    }
}
