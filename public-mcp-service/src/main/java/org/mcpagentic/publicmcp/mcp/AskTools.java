package org.mcpagentic.publicmcp.mcp;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.mcpagentic.access.Scope;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.tool.Tool;
import org.mcpagentic.mcp.tool.ToolSource;

/** The one tool of this service. */
@ApplicationScoped
class AskTools implements ToolSource {

    private final AskTool ask;

    AskTools(AskTool ask) {
        this.ask = ask;
    }

    @Override
    public Uni<List<Tool>> tools(Caller caller) {
        return Uni.createFrom().item(caller.rights().allow(Scope.ASK) ? List.of(ask) : List.of());
    }

    @Override
    public Uni<Optional<Tool>> tool(Caller caller, String name) {
        // why also for those who may not: they are told which scope is missing
        return Uni.createFrom().item(Optional.<Tool>of(ask).filter(tool -> name.equals(AskTool.NAME)));
    }
}
