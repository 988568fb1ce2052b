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

/** Asks for the end of a task of the caller's tenant. */
@ApplicationScoped
class CancelTask implements Tool {

    private static final ToolDefinition DEFINITION = new ToolDefinition(
            "cancel_task",
            "Cancel a task",
            "Stops a task. One that is running shows as cancelling until its worker has stopped, within about a second; one that has"
                    + " ended stays as it is.",
            Schemas.TASK_ID,
            Optional.of(Schemas.TASK),
            new ToolHints(false, true, true, false),
            Icons.TASK,
            Optional.of(Scope.TASKS_WRITE),
            TaskSupport.NONE);

    private final TaskService tasks;
    private final TaskResults results;

    CancelTask(TaskService tasks, TaskResults results) {
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
                .deferred(() -> tasks.cancel(request.caller(), TaskArguments.task(request.arguments())))
                // why not failed: that it is cancelled is what was asked for
                .map(history -> new ToolOutcome.Completed(results.of(history).notFailed())));
    }
}
