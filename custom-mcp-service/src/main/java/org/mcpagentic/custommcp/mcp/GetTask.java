package org.mcpagentic.custommcp.mcp;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.mcpagentic.access.Scope;
import org.mcpagentic.custommcp.tasks.TaskService;
import org.mcpagentic.mcp.tool.Refusals;
import org.mcpagentic.mcp.tool.TaskSupport;
import org.mcpagentic.mcp.tool.Tool;
import org.mcpagentic.mcp.tool.ToolDefinition;
import org.mcpagentic.mcp.tool.ToolHints;
import org.mcpagentic.mcp.tool.ToolOutcome;
import org.mcpagentic.mcp.tool.ToolRequest;

/** Tells how far a task of the caller's tenant is. */
@ApplicationScoped
class GetTask implements Tool {

    private static final ToolDefinition DEFINITION = new ToolDefinition(
            "get_task",
            "Look at a task",
            "Tells how far a task is, and what it came to once it has ended.",
            Schemas.TASK_ID,
            Optional.of(Schemas.TASK),
            ToolHints.READ_ONLY,
            Icons.TASK,
            Optional.of(Scope.TASKS_READ),
            TaskSupport.NONE);

    private final TaskService tasks;
    private final TaskResults results;

    GetTask(TaskService tasks, TaskResults results) {
        this.tasks = tasks;
        this.results = results;
    }

    @Override
    public ToolDefinition definition() {
        return DEFINITION;
    }

    @Override
    public Uni<ToolOutcome> call(ToolRequest request) {
        return Refusals.told(Uni.createFrom()
                .deferred(() -> tasks.read(request.caller(), TaskArguments.task(request.arguments())))
                // why not failed: the look itself went well
                .map(history -> new ToolOutcome.Completed(results.of(history).notFailed())));
    }
}
