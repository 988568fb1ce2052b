package org.mcpagentic.custommcp.tasks;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mcpagentic.agent.loop.StepCodec;
import org.mcpagentic.custommcp.approvals.ApprovalDocument;
import org.mcpagentic.store.Task;
import org.mcpagentic.store.TaskError;
import org.mcpagentic.store.TaskHistory;
import org.mcpagentic.store.TaskState;
import org.mcpagentic.store.TaskStatus;
import org.mcpagentic.store.TaskUsage;

/** A task on the wire. What it does not have is left out. */
@RegisterForReflection
@Schema(name = "Task")
public record TaskDocument(
        String taskId,
        String input,
        List<String> tools,
        Instant createdAt,

        @Schema(
                enumeration = {
                    "created",
                    "queued",
                    "running",
                    "waiting",
                    "retrying",
                    "cancelling",
                    "succeeded",
                    "failed",
                    "cancelled"
                })
        String status,

        String tenant,
        String owner,
        String sessionId,
        @Schema(enumeration = {"high", "normal", "low"}) String priority,
        int attempt,

        @Schema(
                description =
                        "the model that was asked for, else the one that took the last turn; lists show only the first")
        Optional<String> model,

        Map<String, String> labels,
        Optional<String> result,
        Optional<ErrorDocument> error,
        UsageDocument usage,
        Optional<Instant> queuedAt,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,

        @Schema(description = "seconds from queued to finished")
        Optional<Duration> responseTime,

        Optional<Instant> retryAt,
        Optional<String> retryOf,
        Optional<String> scheduleId,

        @Schema(description = "seconds that it may take from queued to its end")
        Optional<Duration> timeout,

        @Schema(description = "when it fails unless it has ended; from when it is queued on")
        Optional<Instant> deadline,

        @Schema(description = "every time that it was taken away from its worker")
        Optional<List<LossDocument>> losses,

        Optional<List<StepDocument>> steps,

        @Schema(description = "calls that it asked a person about, oldest first; not in lists")
        Optional<List<ApprovalDocument>> approvals) {

    /** The task alone, as lists show it. */
    public static TaskDocument of(Task task) {
        return of(task, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The task with its journal. */
    public static TaskDocument of(TaskHistory history) {
        Task task = history.task();
        List<StepDocument> steps = history.journal().stream()
                .map(StepCodec::decode)
                .map(step -> task.status() == TaskStatus.WAITING
                        ? StepDocument.ofWaiting(task.id(), step)
                        : StepDocument.of(task.id(), step))
                .toList();
        List<ApprovalDocument> approvals =
                history.approvals().stream().map(ApprovalDocument::of).toList();
        return of(
                task,
                lastModel(steps),
                Optional.of(steps),
                Optional.of(approvals).filter(some -> !some.isEmpty()));
    }

    private static TaskDocument of(
            Task task,
            Optional<String> lastModel,
            Optional<List<StepDocument>> steps,
            Optional<List<ApprovalDocument>> approvals) {
        return new TaskDocument(
                task.id().value(),
                task.spec().input(),
                task.spec().tools(),
                task.createdAt(),
                task.status().wireName(),
                task.spec().tenant().value(),
                task.spec().owner().value(),
                task.spec().session().value(),
                task.spec().priority().wireName(),
                task.attempt(),
                task.spec().model().or(() -> lastModel),
                task.spec().labels(),
                task.state() instanceof TaskState.Succeeded(String result) ? Optional.of(result) : Optional.empty(),
                error(task.state()).map(ErrorDocument::of),
                UsageDocument.of(task.usage()),
                task.queuedAt(),
                task.startedAt(),
                task.finishedAt(),
                task.responseTime(),
                task.state() instanceof TaskState.Retrying retrying ? Optional.of(retrying.until()) : Optional.empty(),
                task.spec().retryOf().map(id -> id.value()),
                task.spec().scheduleId(),
                task.spec().timeout(),
                task.deadline(),
                Optional.of(task.losses().stream().map(LossDocument::of).toList())
                        .filter(losses -> !losses.isEmpty()),
                steps,
                approvals);
    }

    private static Optional<String> lastModel(List<StepDocument> steps) {
        return steps.reversed().stream()
                .flatMap(step -> step.modelUsed().stream())
                .findFirst();
    }

    private static Optional<TaskError> error(TaskState state) {
        return switch (state) {
            case TaskState.Failed(TaskError error) -> Optional.of(error);
            case TaskState.Waiting(TaskError reason) -> Optional.of(reason);
            case TaskState.Retrying(Instant until, TaskError error) -> Optional.of(error);
            case TaskState.Cancelled(Optional<TaskError> error) -> error;
            case TaskState.Created created -> Optional.empty();
            case TaskState.Queued queued -> Optional.empty();
            case TaskState.Running running -> Optional.empty();
            case TaskState.Cancelling cancelling -> Optional.empty();
            case TaskState.Succeeded succeeded -> Optional.empty();
        };
    }

    /** Why a task or a step did not end well. */
    @RegisterForReflection
    @Schema(name = "TaskError")
    public record ErrorDocument(String code, String message) {

        static ErrorDocument of(TaskError error) {
            return new ErrorDocument(error.code(), error.message());
        }
    }

    /** One time that a task was taken away from its worker. */
    @RegisterForReflection
    @Schema(name = "TaskLoss")
    public record LossDocument(
            int attempt,
            String worker,

            @Schema(
                    enumeration = {"worker_lost", "step_overdue"},
                    description = "worker_lost: it died or hung; step_overdue: it was not done long after the step's"
                            + " deadline")
            String reason,

            Instant at) {

        static LossDocument of(Task.Loss loss) {
            return new LossDocument(
                    loss.attempt(), loss.worker(), loss.reason().name().toLowerCase(Locale.ROOT), loss.at());
        }
    }

    /** What a task has used so far, repeated calls included. */
    @RegisterForReflection
    @Schema(name = "TaskUsage")
    public record UsageDocument(long inputTokens, long outputTokens, double costUsd, long modelCalls, long toolCalls) {

        static UsageDocument of(TaskUsage usage) {
            return new UsageDocument(
                    usage.inputTokens(),
                    usage.outputTokens(),
                    usage.costMicros() / 1e6,
                    usage.modelCalls(),
                    usage.toolCalls());
        }
    }
}
