package org.mcpagentic.custommcp.mcp;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.mcpagentic.access.Scope;
import org.mcpagentic.agent.tool.ToolSpec;
import org.mcpagentic.agent.tool.Toolbox;
import org.mcpagentic.custommcp.tools.DirectCalls;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.InsufficientScope;
import org.mcpagentic.mcp.tool.Tool;
import org.mcpagentic.mcp.tool.ToolSource;

/** Every tool that the caller's tenant has. */
@ApplicationScoped
class FrameworkTools implements ToolSource {

    private final Toolbox toolbox;
    private final DirectCalls calls;

    /** Those that all tenants have, which never change. */
    private final Map<String, FrameworkTool> known = new ConcurrentHashMap<>();

    FrameworkTools(Toolbox toolbox, DirectCalls calls) {
        this.toolbox = toolbox;
        this.calls = calls;
    }

    @Override
    public Uni<List<Tool>> tools(Caller caller) {
        return Uni.createFrom()
                .item(toolbox.specs(caller.tenant()).stream()
                        .filter(spec -> caller.rights().allowTool(spec.name()))
                        .<Tool>map(this::tool)
                        .toList());
    }

    @Override
    public Uni<Optional<Tool>> tool(Caller caller, String name) {
        return Uni.createFrom()
                .item(() -> toolbox.spec(caller.tenant(), name)
                        .map(spec -> allowed(caller, spec))
                        .map(this::tool));
    }

    // why as early as this: who may not call it is told so, and not first what is wrong with the arguments
    private static ToolSpec allowed(Caller caller, ToolSpec spec) {
        if (!caller.rights().allowTool(spec.name())) {
            throw new InsufficientScope(Scope.tool(spec.name()));
        }
        return spec;
    }

    private FrameworkTool tool(ToolSpec spec) {
        return toolbox.isCommon(spec.name()) ? known.computeIfAbsent(spec.name(), name -> made(spec)) : made(spec);
    }

    private FrameworkTool made(ToolSpec spec) {
        return new FrameworkTool(spec, toolbox.reachesOut(spec.name()), calls);
    }
}
