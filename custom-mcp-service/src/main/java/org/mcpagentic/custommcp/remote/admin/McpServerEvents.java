package org.mcpagentic.custommcp.remote.admin;

import org.mcpagentic.access.Principal;
import org.mcpagentic.access.audit.AuditEvent;
import org.mcpagentic.custommcp.remote.registry.ServerId;
import org.mcpagentic.custommcp.remote.registry.ServerSpec;

/** What is written down about external servers, in their tenant's trail; about configured ones in the administrator's. */
final class McpServerEvents {

    private McpServerEvents() {}

    static AuditEvent added(Principal actor, ServerSpec server) {
        String names = String.join(" ", server.audience().names());
        return event(
                "mcpserver.add",
                actor,
                server.id(),
                server.id().name(),
                "tenants " + (names.length() <= 900 ? names : names.substring(0, 900) + "..."));
    }

    static AuditEvent removed(Principal actor, ServerId server) {
        return event("mcpserver.remove", actor, server, server.name(), "");
    }

    static AuditEvent approved(Principal actor, ServerId server, String tool, String hash) {
        return event("mcpserver.approve", actor, server, server.name() + "." + tool, "sha256 " + hash);
    }

    private static AuditEvent event(String action, Principal actor, ServerId server, String target, String detail) {
        return new AuditEvent(
                server.tenant().orElse(actor.tenant()), actor.owner().value(), action, target, detail);
    }
}
