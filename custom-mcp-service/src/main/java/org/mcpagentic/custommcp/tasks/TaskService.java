package org.mcpagentic.custommcp.tasks;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mcpagentic.agent.model.Models;
import org.mcpagentic.agent.tool.Toolbox;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.edge.problem.FieldError;
import org.mcpagentic.edge.problem.ProblemCode;
import org.mcpagentic.edge.problem.ProblemException;
import org.mcpagentic.edge.problem.UnknownModel;
import org.mcpagentic.models.catalogue.Catalogue;
import org.mcpagentic.store.Creation;
import org.mcpagentic.store.Idempotency;
import org.mcpagentic.store.NewTask;
import org.mcpagentic.store.Priority;
import org.mcpagentic.store.TaskHistory;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TaskSpec;
import org.mcpagentic.store.TaskStatus;
import org.mcpagentic.store.TaskStore;

/** What callers can do with tasks. */
@ApplicationScoped
class TaskService {

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

    Uni<Creation> create(
            Caller caller, TaskRequest request, Optional<Idempotency> idempotency, Optional<String> traceparent) {
        List<String> tools = request.tools().orElse(List.of());
        refuseUnknown(tools);
        request.model().ifPresent(this::refuseUnknown);
        TaskSpec spec = new TaskSpec(
                caller.tenant(),
                caller.owner(),
                caller.session(),
                request.priority()
                        .map(name -> Priority.valueOf(name.toUpperCase(Locale.ROOT)))
                        .orElse(Priority.NORMAL),
                request.input(),
                tools,
                request.model(),
                request.labels().orElse(Map.of()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                traceparent);
        return store.create(new NewTask(spec, caller.userAgent(), false, idempotency, List.of()));
    }

    /**
     * Queues a task and waits for its end.
     *
     * @param patience how long at most; zero not to wait
     * @return the task as it is then; fails where it was cancelled before
     */
    Uni<TaskHistory> run(Caller caller, TaskId id, Duration patience) {
        return store.enqueue(caller.tenant(), id).chain(status -> {
            if (status == TaskStatus.CANCELLED) {
                throw new ProblemException(
                        ProblemCode.TASK_CANCELLED, "the task was cancelled; create another one to run it again");
            }
            return status.isFinal() || patience.isZero()
                    ? store.read(caller.tenant(), id)
                    : await(id, patience).chain(() -> store.read(caller.tenant(), id));
        });
    }

    Uni<TaskHistory> cancel(Caller caller, TaskId id) {
        return store.cancel(caller.tenant(), id).chain(() -> store.read(caller.tenant(), id));
    }

    /** Whether the task ended in time. */
    private Uni<Boolean> await(TaskId id, Duration patience) {
        return watch.follow(id, 0)
                .collect()
                .last()
                .replaceWith(true)
                .ifNoItem()
                .after(patience)
                .recoverWithItem(false);
    }

    private void refuseUnknown(String model) {
        if (models.named(model).isEmpty()) {
            throw UnknownModel.problem(model, catalogue.names());
        }
    }

    private void refuseUnknown(List<String> tools) {
        List<FieldError> unknown = IntStream.range(0, tools.size())
                .filter(i -> toolbox.spec(tools.get(i)).isEmpty())
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
