package org.mcpagentic.custommcp.tasks;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.mcpagentic.agent.loop.StepCodec;
import org.mcpagentic.agent.loop.StepDecision;
import org.mcpagentic.agent.loop.StepIntent;
import org.mcpagentic.agent.model.Models;
import org.mcpagentic.agent.tool.Toolbox;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.edge.problem.FieldError;
import org.mcpagentic.edge.problem.ProblemCode;
import org.mcpagentic.edge.problem.ProblemException;
import org.mcpagentic.edge.problem.UnknownModel;
import org.mcpagentic.models.catalogue.Catalogue;
import org.mcpagentic.store.Creation;
import org.mcpagentic.store.Guard;
import org.mcpagentic.store.Idempotency;
import org.mcpagentic.store.JournalEntry;
import org.mcpagentic.store.NewTask;
import org.mcpagentic.store.Priority;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.TaskHistory;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TaskPage;
import org.mcpagentic.store.TaskSpec;
import org.mcpagentic.store.TaskStatus;
import org.mcpagentic.store.TaskStore;

/** What callers can do with tasks. */
@ApplicationScoped
public class TaskService {

    private final TaskStore store;
    private final TaskWatch watch;
    private final Toolbox toolbox;
    private final Models models;
    private final Catalogue catalogue;

    TaskService(TaskStore store, TaskWatch watch, Toolbox toolbox, Models models, Catalogue catalogue) {
        this.store = store;
        this.watch = watch;
        this.toolbox = toolbox;
        this.models = models;
        this.catalogue = catalogue;
    }

    /** Creates a task of the caller's, which waits to be run. */
    Uni<Creation> create(
            Caller caller, TaskRequest request, Optional<Idempotency> idempotency, Optional<String> traceparent) {
        return unlessRefused(
                caller,
                idempotency,
                false,
                () -> make(request, caller, false, caller.bounds().forCreation(false), idempotency, traceparent));
    }

    /** Creates a task of the caller's, whose rate was charged for that, and queues it in the same step. */
    public Uni<Creation> submit(
            Caller caller, TaskRequest request, Optional<Idempotency> idempotency, Optional<String> traceparent) {
        List<Guard> place = caller.bounds().charged().forCreation(true);
        return unlessRefused(
                caller, idempotency, true, () -> make(request, caller, true, place, idempotency, traceparent));
    }

    /** A task of the caller's tenant with its journal; fails where there is none. */
    public Uni<TaskHistory> read(Caller caller, TaskId id) {
        return store.read(caller.tenant(), id);
    }

    /** The tenant's tasks, newest first, as {@link TaskStore#list} has them. */
    public Uni<TaskPage> list(Caller caller, Optional<TaskStatus> status, OptionalLong before, int limit) {
        return store.list(caller.tenant(), status, before, limit);
    }

    private Uni<Creation> make(
            TaskRequest request,
            Caller caller,
            boolean enqueue,
            List<Guard> guards,
            Optional<Idempotency> idempotency,
            Optional<String> traceparent) {
        List<String> tools = request.tools().orElse(List.of());
        return toolbox.caughtUp(caller.tenant(), tools).chain(() -> {
            refuseUnknown(tools, caller);
            refuseForbidden(tools, caller);
            request.model().ifPresent(this::refuseUnknown);
            TaskSpec spec = spec(request, caller, traceparent);
            return store.create(new NewTask(spec, caller.userAgent(), enqueue, idempotency, guards));
        });
    }

    private static TaskSpec spec(TaskRequest request, Caller caller, Optional<String> traceparent) {
        return new TaskSpec(
                caller.tenant(),
                caller.owner(),
                caller.session(),
                request.priority()
                        .map(name -> Priority.valueOf(name.toUpperCase(Locale.ROOT)))
                        .orElse(Priority.NORMAL),
                request.input(),
                request.tools().orElse(List.of()),
                request.model(),
                request.labels().orElse(Map.of()),
                Optional.empty(),
                Optional.empty(),
                request.timeout().map(TaskService::seconds),
                traceparent,
                caller.bounds().budgets());
    }

    /**
     * What a creating request makes. What it was refused for may have been otherwise when the same request was first made; that
     * one's answer stands.
     */
    private Uni<Creation> unlessRefused(
            Caller caller,
            Optional<Idempotency> idempotency,
            boolean enqueued,
            Supplier<Uni<? extends Creation>> request) {
        Uni<Creation> made = Uni.createFrom().deferred(request);
        if (idempotency.isEmpty()) {
            return made;
        }
        return made.onFailure(TaskService::mayHaveBeenOtherwise)
                .recoverWithUni(refusal -> store.madeBefore(caller.tenant(), idempotency.get(), enqueued)
                        .map(before -> before.orElseThrow(() -> (RuntimeException) refusal)));
    }

    private static boolean mayHaveBeenOtherwise(Throwable failure) {
        return switch (failure) {
            case ProblemException problem ->
                EnumSet.of(ProblemCode.UNKNOWN_TOOL, ProblemCode.UNKNOWN_MODEL).contains(problem.code());
            case StoreException refusal -> refusal.code() == StoreException.Code.TASK_NOT_FOUND;
            default -> false;
        };
    }

    private static Duration seconds(BigDecimal seconds) {
        return Duration.ofNanos(seconds.movePointRight(9).longValue());
    }

    /** Queues a new task of the caller's that does again what an ended one did; fails where that cannot be done any more. */
    Uni<Creation> retry(
            Caller caller,
            TaskId id,
            RetryRequest request,
            Optional<Idempotency> idempotency,
            Optional<String> traceparent) {
        return unlessRefused(caller, idempotency, true, () -> repeat(caller, id, request, idempotency, traceparent));
    }

    private Uni<Creation> repeat(
            Caller caller,
            TaskId id,
            RetryRequest request,
            Optional<Idempotency> idempotency,
            Optional<String> traceparent) {
        return store.read(caller.tenant(), id).chain(history -> {
            if (!history.task().status().isFinal()) {
                throw new ProblemException(
                        ProblemCode.ILLEGAL_TRANSITION, "only a task that has ended can be run again; cancel it first");
            }
            TaskSpec old = history.task().spec();
            int from = fromStep(request, history);
            refuseUnknown(old.tools(), caller);
            refuseForbidden(old.tools(), caller);
            old.model().ifPresent(this::refuseUnknown);
            TaskSpec spec = new TaskSpec(
                    caller.tenant(),
                    caller.owner(),
                    caller.session(),
                    old.priority(),
                    old.input(),
                    old.tools(),
                    old.model(),
                    old.labels(),
                    Optional.of(id),
                    Optional.empty(),
                    old.timeout(),
                    traceparent,
                    caller.bounds().budgets());
            return store.repeat(
                    new NewTask(
                            spec,
                            caller.userAgent(),
                            true,
                            idempotency,
                            caller.bounds().forCreation(true)),
                    from);
        });
    }

    private static int fromStep(RetryRequest request, TaskHistory history) {
        int from = request.fromStep().orElse(1);
        int most = 1
                + history.journal().stream().mapToInt(JournalEntry::step).max().orElse(0);
        if (from < 1 || from > most) {
            throw ProblemException.invalid("from_step", "must be 1 to " + most);
        }
        return from;
    }

    /**
     * Takes a person's decision on a step, and queues its task.
     *
     * @param nonce names the decision: the same one twice is taken once
     * @return the task as it is then
     */
    public Uni<TaskHistory> resolve(Caller caller, TaskId id, int step, String nonce, StepDecision decision) {
        return store.read(caller.tenant(), id)
                .chain(history -> {
                    Optional<String> tool = toolOf(history, step);
                    return store.resolve(
                                    caller.tenant(),
                                    caller.owner(),
                                    id,
                                    nonce,
                                    step,
                                    decision.outcome(step, tool.orElse("")))
                            .onFailure(StoreException.class)
                            .transform(refusal -> undecided(refusal, tool.isPresent(), decision));
                })
                .chain(() -> store.read(caller.tenant(), id));
    }

    /** The tool that a step calls; nothing where there is no such step, or no more: a call that is made again begins anew. */
    private static Optional<String> toolOf(TaskHistory history, int step) {
        return history.journal().stream()
                .filter(entry -> entry.step() == step)
                .findFirst()
                .map(entry -> switch (StepCodec.decode(entry).intent()) {
                    case StepIntent.ToolExecution execution -> execution.call().toolName();
                    case StepIntent.ModelTurn turn ->
                        throw new ProblemException(
                                ProblemCode.STEP_SETTLED, "a model's turn is not for a person to decide");
                });
    }

    private static RuntimeException undecided(StoreException refusal, boolean known, StepDecision decision) {
        return switch (refusal.code()) {
            case STEP_SETTLED, ILLEGAL_TRANSITION -> known ? refusal : ProblemException.notFound("step");
            case JOURNAL_FULL ->
                ProblemException.invalid(
                        decision instanceof StepDecision.Given ? "result" : "action",
                        "does not fit what is left of the task's journal");
            case TASK_NOT_FOUND,
                    RESPONSE_NOT_FOUND,
                    APPROVAL_NOT_FOUND,
                    APPROVAL_CHANGED,
                    APPROVAL_DECIDED,
                    TASK_PURGED,
                    IDEMPOTENCY_MISMATCH,
                    IDEMPOTENCY_IN_FLIGHT,
                    GUARD_REFUSED,
                    STALE_CLAIM,
                    MEMORY_FULL,
                    STORE_FULL,
                    STORE_UNAVAILABLE -> refusal;
        };
    }

    /**
     * Queues a task and waits for its end.
     *
     * @param patience how long at most; zero not to wait
     * @return the task as it is then; fails where it was cancelled before
     */
    Uni<TaskHistory> run(Caller caller, TaskId id, Duration patience) {
        List<Guard> place =
                caller.bounds().tasks().stream().<Guard>map(slots -> slots).toList();
        return store.enqueue(caller.tenant(), id, place).chain(status -> {
            if (status == TaskStatus.CANCELLED) {
                throw new ProblemException(
                        ProblemCode.TASK_CANCELLED, "the task was cancelled; create another one to run it again");
            }
            return status.isFinal() || patience.isZero()
                    ? store.read(caller.tenant(), id)
                    : await(id, patience).chain(() -> store.read(caller.tenant(), id));
        });
    }

    /** Asks for a task's end; returns it as it is then. */
    public Uni<TaskHistory> cancel(Caller caller, TaskId id) {
        return store.cancel(caller.tenant(), caller.owner(), id).chain(() -> store.read(caller.tenant(), id));
    }

    /** Whether the task ended in time. */
    private Uni<Boolean> await(TaskId id, Duration patience) {
        return watch.end(id).replaceWith(true).ifNoItem().after(patience).recoverWithItem(false);
    }

    private static void refuseForbidden(List<String> tools, Caller caller) {
        List<FieldError> forbidden = IntStream.range(0, tools.size())
                .filter(i -> !caller.rights().allowTool(tools.get(i)))
                .mapToObj(i ->
                        new FieldError("tools[" + i + "]", "the caller may not let tasks use \"" + tools.get(i) + "\""))
                .toList();
        if (!forbidden.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.TOOL_FORBIDDEN, forbidden.getFirst().message(), forbidden, Optional.empty());
        }
    }

    private void refuseUnknown(String model) {
        if (models.named(model).isEmpty()) {
            throw UnknownModel.problem(model, catalogue.names());
        }
    }

    private void refuseUnknown(List<String> tools, Caller caller) {
        List<FieldError> unknown = IntStream.range(0, tools.size())
                .filter(i -> toolbox.spec(caller.tenant(), tools.get(i)).isEmpty())
                .mapToObj(i -> new FieldError("tools[" + i + "]", "there is no tool named \"" + tools.get(i) + "\""))
                .toList();
        if (!unknown.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.UNKNOWN_TOOL,
                    unknown.getFirst().message() + "; GET /tool lists them",
                    unknown,
                    Optional.empty());
        }
    }
}
