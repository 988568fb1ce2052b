package org.mcpagentic.custommcp.mcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.jboss.logging.Logger;
import org.mcpagentic.access.Scope;
import org.mcpagentic.custommcp.tasks.TaskService;
import org.mcpagentic.custommcp.tasks.TaskWatch;
import org.mcpagentic.mcp.Exchange;
import org.mcpagentic.mcp.InputRequest;
import org.mcpagentic.mcp.NeededInput;
import org.mcpagentic.mcp.tool.Refusals;
import org.mcpagentic.mcp.tool.TaskSupport;
import org.mcpagentic.mcp.tool.Tool;
import org.mcpagentic.mcp.tool.ToolDefinition;
import org.mcpagentic.mcp.tool.ToolOutcome;
import org.mcpagentic.mcp.tool.ToolRequest;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.Task;
import org.mcpagentic.store.TaskEvent;
import org.mcpagentic.store.TaskHistory;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TaskStatus;

/**
 * Makes a task, queues it and returns what it came to: as an MCP task to clients that take one, else by waiting, with progress, and with
 * forms where the task waits for a person. A client that cancels the call cancels the task; one whose service stops does not.
 */
@ApplicationScoped
class RunTask implements Tool {

    static final String NAME = "run_task";

    private static final Logger LOG = Logger.getLogger(RunTask.class);

    private static final String TASK = "task_id";

    /** After which a service that closed its connections would have said that it stops. */
    private static final Duration SECOND_LOOK = Duration.ofSeconds(1);

    /** Shorter than a connection is kept on which nothing is said, here and by common proxies. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(50);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private static final ToolDefinition DEFINITION = new ToolDefinition(
            NAME,
            "Run a task",
            "Gives an agent a task, an input and the names of the tools that it may use, and returns its result. The agent works step by"
                    + " step; every step is kept. A task that takes longer than the wait goes on: get_task tells how far it is.",
            Schemas.RUN_REQUEST,
            Optional.of(Schemas.TASK),
            SubmitTask.HINTS,
            Icons.TASK,
            Optional.of(Scope.TASKS_WRITE),
            TaskSupport.OPTIONAL);

    private final TaskService tasks;
    private final TaskWatch watch;
    private final TaskArguments arguments;
    private final TaskResults results;
    private final TaskViews views;
    private final Questions questions;
    private final Duration patience;
    private volatile boolean stopping;

    RunTask(
            TaskService tasks,
            TaskWatch watch,
            TaskArguments arguments,
            TaskResults results,
            TaskViews views,
            Questions questions,
            WaitConfig config) {
        this.tasks = tasks;
        this.watch = watch;
        this.arguments = arguments;
        this.results = results;
        this.views = views;
        this.questions = questions;
        this.patience = config.runWait();
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    @Override
    public ToolDefinition definition() {
        return DEFINITION;
    }

    @Override
    public Uni<ToolOutcome> call(ToolRequest request) {
        return Refusals.told(Uni.createFrom()
                .deferred(() -> request.exchange()
                        .state()
                        .map(state -> goOn(request, new TaskId(state.path(TASK).asText())))
                        .orElseGet(() -> begin(request))));
    }

    private Uni<ToolOutcome> begin(ToolRequest request) {
        return tasks.submit(
                        request.caller(),
                        arguments.request(request.arguments()),
                        arguments.idempotency(NAME, request.arguments()),
                        request.exchange().traceparent())
                .chain(creation -> {
                    Task task = creation.task();
                    return request.takesTask()
                            ? Uni.createFrom()
                                    .item(new ToolOutcome.TaskStarted(views.of(new TaskHistory(task, List.of(), 1))))
                            : awaited(request, task.id());
                });
    }

    /** A person answered what an earlier call of the same asked. */
    private Uni<ToolOutcome> goOn(ToolRequest request, TaskId id) {
        Exchange exchange = request.exchange();
        return tasks.read(request.caller(), id)
                .chain(history -> questions.answered(request.caller(), history, exchange.inputs()))
                .chain(decided ->
                        decided || exchange.inputs().isEmpty() ? awaited(request, id) : leftOpen(request, id));
    }

    /** Whoever closes the forms wants to be left alone and is not asked again; where somebody else decided, the call goes on. */
    private Uni<ToolOutcome> leftOpen(ToolRequest request, TaskId id) {
        return tasks.read(request.caller(), id)
                .chain(history -> questions.open(history).isEmpty()
                        ? awaited(request, id)
                        : Uni.createFrom().item(new ToolOutcome.Completed(results.of(history))));
    }

    private Uni<ToolOutcome> awaited(ToolRequest request, TaskId id) {
        return Uni.createFrom()
                .deferred(() -> watched(request, id))
                // why: the task goes on while Redis is away, and a call that failed would be made again, with another
                // task
                .onFailure(RunTask::isOutage)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely()
                .ifNoItem()
                .after(wait(request))
                .recoverWithUni(() -> asItIs(request, id))
                .onCancellation()
                .invoke(() -> cancelUnlessStopping(request, id));
    }

    private Uni<ToolOutcome> watched(ToolRequest request, TaskId id) {
        return watch.follow(id, 0)
                .onItem()
                .transformToUniAndConcatenate(batch -> seen(request, id, batch))
                .filter(Optional::isPresent)
                .map(Optional::get)
                .toUni()
                .onItem()
                .ifNull()
                .switchTo(() -> asItIs(request, id));
    }

    private static boolean isOutage(Throwable failure) {
        return failure instanceof StoreException refusal && refusal.code() == StoreException.Code.STORE_UNAVAILABLE;
    }

    /** A stopping service closes its clients' connections too, which looks as if they had gone; a moment later it is known to stop. */
    private void cancelUnlessStopping(ToolRequest request, TaskId id) {
        Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(SECOND_LOOK)
                .chain(() -> stopping
                        ? Uni.createFrom().voidItem()
                        : tasks.cancel(request.caller(), id).replaceWithVoid())
                .subscribe()
                .with(
                        done -> {},
                        failure -> LOG.warnf(
                                "a task could not be cancelled taskId=%s reason=%s", id, failure.getMessage()));
    }

    private Duration wait(ToolRequest request) {
        Duration wanted = request.arguments().has("wait")
                ? Duration.ofMillis(Math.round(request.arguments().path("wait").asDouble() * 1000))
                : patience;
        boolean tooLong = !request.exchange().canStream() && wanted.compareTo(LONGEST_SILENCE) > 0;
        return (tooLong ? LONGEST_SILENCE : wanted).plusMillis(1);
    }

    /** What a batch of events means for the call: nothing, as long as the task goes on. */
    private Uni<Optional<ToolOutcome>> seen(ToolRequest request, TaskId id, List<TaskEvent> batch) {
        TaskEvent last = batch.getLast();
        request.exchange().progress().report((double) last.number(), OptionalDouble.empty(), Optional.of(words(last)));
        boolean worthALook = last.isFinal()
                || batch.stream().anyMatch(event -> event.type().equals("task." + TaskStatus.WAITING.wireName()));
        if (!worthALook) {
            return Uni.createFrom().item(Optional.empty());
        }
        return tasks.read(request.caller(), id)
                .map(history -> switch (history.task().status()) {
                    case SUCCEEDED, FAILED, CANCELLED -> Optional.of(new ToolOutcome.Completed(results.of(history)));
                    case WAITING -> waiting(request, history);
                    case CREATED, QUEUED, RUNNING, RETRYING, CANCELLING -> Optional.empty();
                });
    }

    private Optional<ToolOutcome> waiting(ToolRequest request, TaskHistory history) {
        SequencedMap<String, InputRequest> open = questions.open(history);
        if (open.isEmpty()) {
            return Optional.empty();
        }
        if (!request.exchange().client().elicitsForms() || !questions.mayDecide(request.caller(), history)) {
            // why: somebody else has to decide, by REST or on the page
            return Optional.of(new ToolOutcome.Completed(results.of(history)));
        }
        ObjectNode state = JsonNodeFactory.instance.objectNode();
        state.put(TASK, history.task().id().value());
        return Optional.of(new ToolOutcome.InputRequired(new NeededInput(open, Optional.of(state))));
    }

    private Uni<ToolOutcome> asItIs(ToolRequest request, TaskId id) {
        return tasks.read(request.caller(), id)
                .<ToolOutcome>map(history -> new ToolOutcome.Completed(results.of(history)))
                .onFailure(RunTask::isOutage)
                .recoverWithItem(() -> new ToolOutcome.Completed(results.outOfSight(id)));
    }

    private static String words(TaskEvent event) {
        return event.isStep()
                ? "step " + event.detail() + " " + event.type().substring("step.".length())
                : event.type().replace('.', ' ');
    }
}
