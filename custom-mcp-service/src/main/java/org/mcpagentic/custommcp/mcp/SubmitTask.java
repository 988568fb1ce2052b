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

/** Makes a task and queues it, without waiting for it. */
@ApplicationScoped
class SubmitTask implements Tool {

    static final String NAME = "submit_task";

    /** What an agent does with its tools may be anything. */
    static final ToolHints HINTS = new ToolHints(false, true, false, true);

    private static final ToolDefinition DEFINITION = new ToolDefinition(
            NAME,
            "Submit a task",
            "Gives an agent a task: an input, and the names of the tools that it may use. Returns at once with the task's id; get_task"
                    + " tells how far it is and what it came to. The task is durable: it goes on whatever becomes of this connection.",
            Schemas.TASK_REQUEST,
            Optional.of(Schemas.TASK),
            HINTS,
            Icons.TASK,
            Optional.of(Scope.TASKS_WRITE),
            TaskSupport.NONE);

    private final TaskService tasks;
    private final TaskArguments arguments;
    private final TaskResults results;

    SubmitTask(TaskService tasks, TaskArguments arguments, TaskResults results) {
        this.tasks = tasks;
        this.arguments = arguments;
        this.results = results;
    }

    @Override
    public ToolDefinition definition() {
        return DEFINITION;
    }

    @Override
    public Uni<ToolOutcome> call(ToolRequest request) {
        return Refusals.told(Uni.createFrom()
                .deferred(() -> tasks.submit(
                        request.caller(),
                        arguments.request(request.arguments()),
                        arguments.idempotency(NAME, request.arguments()),
                        request.exchange().traceparent()))
                .map(creation -> new ToolOutcome.Completed(results.made(creation.task()))));
    }
}
