package org.mcpagentic.custommcp.mcp;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.mcpagentic.access.Scope;
import org.mcpagentic.edge.resource.OfferedScopes;

/** What MCP clients of this service need: to see tasks, to have them done, to decide what they ask, and the tools. */
@ApplicationScoped
class McpScopes implements OfferedScopes {

    @Override
    public List<Scope> scopes() {
        return List.of(Scope.TASKS_READ, Scope.TASKS_WRITE, Scope.APPROVALS_DECIDE, Scope.ALL_TOOLS);
    }
}
