package org.mcpagentic.custommcp.mcp;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mcpagentic.custommcp.tasks.TaskDocument;
import org.mcpagentic.mcp.content.CallResult;
import org.mcpagentic.mcp.content.Content;
import org.mcpagentic.store.Approval;
import org.mcpagentic.store.Task;
import org.mcpagentic.store.TaskError;
import org.mcpagentic.store.TaskHistory;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TaskState;

/** Tasks as results of calls: words for a model, the document for a program. */
@ApplicationScoped
class TaskResults {

    private final ObjectMapper json;

    TaskResults(ObjectMapper json) {
        this.json = json;
    }

    /** What a task came to, or how far it is. A failed one is a failed call. */
    CallResult of(TaskHistory history) {
        Task task = history.task();
        boolean failed = task.state() instanceof TaskState.Failed || task.state() instanceof TaskState.Cancelled;
        List<Content> content = new ArrayList<>();
        content.add(new Content.Text(words(history)));
        content.add(link(task.id()));
        return new CallResult(content, Optional.of(document(task)), failed);
    }

    /** A task that has just been made. */
    CallResult made(Task task) {
        return new CallResult(
                List.of(
                        new Content.Text("Task " + task.id() + " is queued. get_task tells how far it is;"
                                + " it goes on by itself."),
                        link(task.id())),
                Optional.of(document(task)),
                false);
    }

    /** A task of which nothing can be learned right now. */
    CallResult outOfSight(TaskId id) {
        return new CallResult(
                List.of(
                        new Content.Text(
                                "Task " + id + " goes on; how far it is cannot be learned right now. Look later with"
                                        + " get_task, and do not run it again."),
                        link(id)),
                Optional.empty(),
                true);
    }

    /** The task alone, as lists of the REST interface show it. */
    ObjectNode document(Task task) {
        return json.valueToTree(TaskDocument.of(task));
    }

    private static Content link(TaskId id) {
        return new Content.Link(
                TaskUri.whole(id), "task " + id, Optional.of("the task as it is now"), Optional.of("application/json"));
    }

    private static String words(TaskHistory history) {
        Task task = history.task();
        return switch (task.state()) {
            case TaskState.Succeeded(String result) -> result;
            case TaskState.Failed(TaskError error) -> "The task failed. " + error.code() + ": " + error.message();
            case TaskState.Cancelled(Optional<TaskError> error) ->
                "The task was cancelled."
                        + error.map(why -> " " + why.code() + ": " + why.message())
                                .orElse("");
            case TaskState.Waiting(TaskError reason) -> waiting(history, reason);
            case TaskState.Retrying retrying ->
                "The task goes on at " + retrying.until() + "; the last attempt came to: "
                        + retrying.error().message();
            case TaskState.Created created -> "The task was not run yet.";
            case TaskState.Queued queued -> "The task is queued.";
            case TaskState.Running running ->
                "The task is running: " + history.journal().size() + " steps so far.";
            case TaskState.Cancelling cancelling -> "The task is being cancelled.";
        };
    }

    private static String waiting(TaskHistory history, TaskError reason) {
        StringBuilder words = new StringBuilder("The task waits for a person. " + reason.message());
        history.approvals().stream()
                .filter(Approval::isPending)
                .forEach(approval -> words.append("\nApproval ")
                        .append(approval.id())
                        .append(": call of ")
                        .append(approval.toolName())
                        .append(", until ")
                        .append(approval.expiresAt()));
        return words.toString();
    }
}
