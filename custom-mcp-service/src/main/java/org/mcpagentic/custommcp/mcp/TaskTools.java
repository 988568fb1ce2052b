package org.mcpagentic.custommcp.mcp;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.tool.Tool;
import org.mcpagentic.mcp.tool.ToolSource;

/** The tools about tasks. */
@ApplicationScoped
class TaskTools implements ToolSource {

    private final List<Tool> all;

    TaskTools(SubmitTask submit, RunTask run, GetTask get, CancelTask cancel) {
        this.all = List.of(submit, run, get, cancel);
    }

    @Override
    public Uni<List<Tool>> tools(Caller caller) {
        return Uni.createFrom()
                .item(all.stream()
                        .filter(tool -> tool.definition().scope().stream()
                                .allMatch(scope -> caller.rights().allow(scope)))
                        .toList());
    }

    @Override
    public Uni<Optional<Tool>> tool(Caller caller, String name) {
        // why also for those who may not: they are told which scope is missing
        return Uni.createFrom()
                .item(all.stream()
                        .filter(tool -> tool.definition().name().equals(name))
                        .findFirst());
    }
}
