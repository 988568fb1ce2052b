package org.mcpagentic.custommcp.mcp;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.mcpagentic.mcp.InputRequest;
import org.mcpagentic.mcp.McpError;
import org.mcpagentic.mcp.content.CallResult;
import org.mcpagentic.mcp.task.TaskHead;
import org.mcpagentic.mcp.task.TaskView;
import org.mcpagentic.store.JournalEntry;
import org.mcpagentic.store.Task;
import org.mcpagentic.store.TaskError;
import org.mcpagentic.store.TaskHistory;
import org.mcpagentic.store.TaskState;
import org.mcpagentic.store.redis.StoreConfig;

/**
 * Durable tasks as MCP's Tasks extension shows them. What the agent could not do is a completed task whose result says so; what the
 * system could not do is a failed one.
 */
@ApplicationScoped
class TaskViews {

    /** Codes of errors that no other input would have spared: ours, or the model server's. */
    private static final Set<String> INFRASTRUCTURE = Set.of(
            "internal",
            "worker_lost",
            "payload_unreadable",
            "unknown_model",
            "model_unavailable",
            "model_rate_limited",
            "model_quota_exhausted",
            "model_key_refused",
            "model_failed",
            "model_unusable");

    private final TaskResults results;
    private final Questions questions;
    private final Duration pollInterval;
    private final Duration life;

    TaskViews(TaskResults results, Questions questions, WaitConfig config, StoreConfig store) {
        this.results = results;
        this.questions = questions;
        this.pollInterval = config.pollInterval();
        this.life = store.taskRetention();
    }

    TaskView of(TaskHistory history) {
        Task task = history.task();
        return switch (task.state()) {
            case TaskState.Created created -> working(history, "not run yet");
            case TaskState.Queued queued -> working(history, "queued");
            case TaskState.Running running -> working(history, "running, attempt " + task.attempt());
            case TaskState.Retrying retrying -> working(history, "goes on at " + retrying.until());
            case TaskState.Cancelling cancelling -> working(history, "is being cancelled");
            case TaskState.Waiting(TaskError reason) -> waiting(history, reason);
            case TaskState.Succeeded succeeded ->
                new TaskView.Completed(head(history, Optional.empty()), results.of(history));
            case TaskState.Cancelled(Optional<TaskError> error) ->
                new TaskView.Cancelled(head(history, error.map(TaskError::message)));
            case TaskState.Failed(TaskError error) -> failed(history, error);
        };
    }

    private TaskView working(TaskHistory history, String message) {
        return new TaskView.Working(head(history, Optional.of(message)));
    }

    private TaskView waiting(TaskHistory history, TaskError reason) {
        TaskHead head = head(history, Optional.of(reason.message()));
        SequencedMap<String, InputRequest> open = questions.open(history);
        // why working: a decision may be under way, of which the task does not know yet
        return open.isEmpty() ? new TaskView.Working(head) : new TaskView.InputRequired(head, open);
    }

    private TaskView failed(TaskHistory history, TaskError error) {
        TaskHead head = head(history, Optional.of(error.message()));
        if (!INFRASTRUCTURE.contains(error.code())) {
            CallResult result = results.of(history);
            return new TaskView.Completed(head, result);
        }
        return new TaskView.Failed(
                head, new McpError(McpError.INTERNAL, error.code() + ": " + error.message(), Optional.empty()));
    }

    private TaskHead head(TaskHistory history, Optional<String> message) {
        Task task = history.task();
        return new TaskHead(
                task.id().value(), task.createdAt(), lastUpdated(history), Optional.of(life), pollInterval, message);
    }

    private static Instant lastUpdated(TaskHistory history) {
        Task task = history.task();
        Stream<Instant> steps = history.journal().stream()
                .flatMap(entry -> Stream.concat(
                        Stream.of(entry.startedAt()), entry.outcome().map(JournalEntry.Outcome::finishedAt).stream()));
        Stream<Instant> milestones =
                Stream.of(task.queuedAt(), task.startedAt(), task.finishedAt()).flatMap(Optional::stream);
        return Stream.concat(steps, milestones).max(Instant::compareTo).orElse(task.createdAt());
    }
}
