package org.mcpagentic.mcp.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import org.mcpagentic.mcp.ClientCapabilities;
import org.mcpagentic.mcp.ServerIdentity;
import org.mcpagentic.mcp.dispatch.Era;
import org.mcpagentic.mcp.registry.Registry;
import org.mcpagentic.mcp.wire.Offers;

/** What the server says about itself. */
@ApplicationScoped
class ServerProfile {

    private final ServerIdentity identity;
    private final Registry registry;
    private final ObjectNode info;
    private final ObjectNode name;

    ServerProfile(ServerIdentity identity, Registry registry) {
        this.identity = identity;
        this.registry = registry;
        this.info = Offers.server(identity);
        this.name = info.deepCopy().without("icons");
    }

    /** All that there is to say, once. */
    ObjectNode info() {
        return info.deepCopy();
    }

    /** Without the pictures, which would be most of a small result. */
    ObjectNode name() {
        return name.deepCopy();
    }

    String instructions() {
        return identity.instructions();
    }

    /** What clients of an era can ask for: what there is no source of is not there. */
    ObjectNode capabilities(Era era) {
        ObjectNode capabilities = JsonNodeFactory.instance.objectNode();
        capabilities.putObject("logging");
        if (registry.hasTools()) {
            capabilities.putObject("tools").put("listChanged", true);
        }
        if (registry.hasPrompts()) {
            capabilities.putObject("prompts").put("listChanged", true);
        }
        if (registry.hasResources()) {
            capabilities.putObject("resources").put("subscribe", true).put("listChanged", true);
        }
        if (registry.hasPrompts() || registry.hasResources()) {
            capabilities.putObject("completions");
        }
        if (era == Era.MODERN && registry.desk().isPresent()) {
            capabilities.putObject("extensions").putObject(ClientCapabilities.TASKS);
        }
        return capabilities;
    }
}
