package org.mcpagentic.custommcp.mcp;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.UUID;
import org.mcpagentic.access.Scope;
import org.mcpagentic.agent.tool.CallThreads;
import org.mcpagentic.agent.tool.ToolCall;
import org.mcpagentic.agent.tool.ToolContext;
import org.mcpagentic.agent.tool.ToolSpec;
import org.mcpagentic.agent.tool.Toolbox;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.InsufficientScope;
import org.mcpagentic.mcp.tool.ToolOutcome;
import org.mcpagentic.mcp.tool.ToolRequest;

/** Calls of tools that no task makes: the client's own. They are not journaled, and end with their request. */
@ApplicationScoped
class DirectCalls {

    private final Toolbox toolbox;

    DirectCalls(Toolbox toolbox) {
        this.toolbox = toolbox;
    }

    Uni<ToolOutcome> call(ToolRequest request, ToolSpec spec) {
        Caller caller = request.caller();
        if (!caller.rights().allowTool(spec.name())) {
            throw new InsufficientScope(Scope.tool(spec.name()));
        }
        String id = UUID.randomUUID().toString();
        return toolbox.call(
                        new ToolCall(id, spec.name(), request.arguments()),
                        Set.of(spec.name()),
                        new ToolContext(caller.tenant(), "mcp." + id, new CallThreads()))
                .map(FrameworkTool::outcome);
    }
}
