package org.mcpagentic.publicmcp.mcp;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.mcpagentic.access.Scope;
import org.mcpagentic.edge.resource.OfferedScopes;

/** What MCP clients of this service need. */
@ApplicationScoped
class McpScopes implements OfferedScopes {

    @Override
    public List<Scope> scopes() {
        return List.of(Scope.ASK);
    }
}
