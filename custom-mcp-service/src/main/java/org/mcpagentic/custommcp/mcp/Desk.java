package org.mcpagentic.custommcp.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import org.mcpagentic.access.Scope;
import org.mcpagentic.custommcp.tasks.TaskService;
import org.mcpagentic.custommcp.tasks.TaskWatch;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.InsufficientScope;
import org.mcpagentic.mcp.task.TaskDesk;
import org.mcpagentic.mcp.task.TaskView;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.TaskHistory;
import org.mcpagentic.store.TaskId;

/** The durable tasks as MCP's. A task is its owner's alone: to others of the same tenant too its id is unknown. */
@ApplicationScoped
class Desk implements TaskDesk {

    private final TaskService tasks;
    private final TaskWatch watch;
    private final TaskViews views;
    private final Questions questions;

    Desk(TaskService tasks, TaskWatch watch, TaskViews views, Questions questions) {
        this.tasks = tasks;
        this.watch = watch;
        this.views = views;
        this.questions = questions;
    }

    @Override
    public Uni<Optional<TaskView>> get(Caller caller, String id) {
        InsufficientScope.refuseWithout(Scope.TASKS_READ, caller);
        return own(caller, id).map(history -> history.map(views::of));
    }

    @Override
    public Uni<Boolean> update(Caller caller, String id, Map<String, ObjectNode> inputs) {
        InsufficientScope.refuseWithout(Scope.TASKS_READ, caller);
        return own(caller, id)
                .chain(history -> history.map(known ->
                                questions.answered(caller, known, inputs).replaceWith(true))
                        .orElseGet(() -> Uni.createFrom().item(false)));
    }

    @Override
    public Uni<Boolean> cancel(Caller caller, String id) {
        InsufficientScope.refuseWithout(Scope.TASKS_WRITE, caller);
        return own(caller, id)
                .chain(history -> history.map(known -> known.task().status().isFinal()
                                ? Uni.createFrom().item(true)
                                : tasks.cancel(caller, known.task().id()).replaceWith(true))
                        .orElseGet(() -> Uni.createFrom().item(false)));
    }

    @Override
    public Multi<TaskView> follow(Caller caller, String id) {
        InsufficientScope.refuseWithout(Scope.TASKS_READ, caller);
        return own(caller, id)
                .onItem()
                .transformToMulti(history -> history.map(known -> from(caller, known))
                        .orElseGet(() -> Multi.createFrom().empty()));
    }

    private Multi<TaskView> from(Caller caller, TaskHistory now) {
        Multi<TaskView> first = Multi.createFrom().item(() -> views.of(now));
        if (now.task().status().isFinal()) {
            return first;
        }
        Multi<TaskView> later = watch.follow(now.task().id(), now.lastEvent())
                .onItem()
                .transformToUniAndConcatenate(
                        batch -> tasks.read(caller, now.task().id()))
                .map(views::of);
        return Multi.createBy().concatenating().streams(first, later).skip().repetitions();
    }

    private Uni<Optional<TaskHistory>> own(Caller caller, String id) {
        if (!TaskId.looksLike(id)) {
            return Uni.createFrom().item(Optional.empty());
        }
        return tasks.read(caller, new TaskId(id))
                .map(Optional::of)
                .onFailure(Desk::isUnknown)
                .recoverWithItem(Optional.empty())
                .map(history ->
                        history.filter(known -> known.task().spec().owner().equals(caller.owner())));
    }

    private static boolean isUnknown(Throwable failure) {
        return failure instanceof StoreException refusal && refusal.code() == StoreException.Code.TASK_NOT_FOUND;
    }
}
