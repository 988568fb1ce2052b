package org.mcpagentic.mcp.redis;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.mcpagentic.access.AccessSecret;
import org.mcpagentic.mcp.McpConfig;
import org.mcpagentic.mcp.session.ClientSessions;
import org.mcpagentic.mcp.session.Mailbox;
import org.mcpagentic.store.redis.RedisBase;

/** Clients' sessions and their mail as beans of a service. */
@ApplicationScoped
class ClientSessionBeans {

    @Produces
    @Singleton
    ClientSessions sessions(RedisBase base, McpConfig config) {
        return new RedisClientSessions(base, config.sessionExpiry(), config.maxSessions());
    }

    @Produces
    @Singleton
    Mailbox mailbox(RedisBase base, AccessSecret secret) {
        return new RedisMailbox(base, new SealedMail(secret));
    }
}
