package org.mcpagentic.custommcp.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.mcpagentic.access.Scope;
import org.mcpagentic.custommcp.tasks.TaskDocument;
import org.mcpagentic.custommcp.tasks.TaskService;
import org.mcpagentic.custommcp.tasks.TaskWatch;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.Completion;
import org.mcpagentic.mcp.CompletionRequest;
import org.mcpagentic.mcp.InsufficientScope;
import org.mcpagentic.mcp.Page;
import org.mcpagentic.mcp.content.ResourceContents;
import org.mcpagentic.mcp.resource.ResourceDefinition;
import org.mcpagentic.mcp.resource.ResourceOutcome;
import org.mcpagentic.mcp.resource.ResourceRequest;
import org.mcpagentic.mcp.resource.ResourceSource;
import org.mcpagentic.mcp.resource.ResourceTemplate;
import org.mcpagentic.mcp.resource.ResourceUpdate;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.Task;
import org.mcpagentic.store.TaskHistory;
import org.mcpagentic.store.TaskState;

/** The tenant's tasks: what each is, what it came to, and its journal. */
@ApplicationScoped
class TaskResources implements ResourceSource {

    private static final String JSON = "application/json";
    private static final int MOST_TITLE = 80;

    /** How many of the newest tasks an id is completed from: a key press must not read them all. */
    private static final int RECENT = 20;

    private static final List<ResourceTemplate> TEMPLATES = List.of(
            template("task://{task_id}", "task", "A task", "The task as it is now, without its steps.", JSON),
            template(
                    "task://{task_id}/result",
                    "task-result",
                    "A task's result",
                    "What the task came to; only of one that succeeded.",
                    "text/plain"),
            template(
                    "task://{task_id}/journal",
                    "task-journal",
                    "A task's journal",
                    "Every step: the model's turns, the calls of tools, what they came to.",
                    JSON));

    private final TaskService tasks;
    private final TaskWatch watch;
    private final ObjectMapper json;

    TaskResources(TaskService tasks, TaskWatch watch, ObjectMapper json) {
        this.tasks = tasks;
        this.watch = watch;
        this.json = json;
    }

    private static ResourceTemplate template(String uri, String name, String title, String description, String type) {
        return new ResourceTemplate(
                uri, name, Optional.of(title), Optional.of(description), Optional.of(type), Icons.TASK);
    }

    @Override
    public Uni<Page<ResourceDefinition>> resources(Caller caller, Optional<String> after, int limit) {
        if (!caller.rights().allow(Scope.TASKS_READ)) {
            return Uni.createFrom().item(Page.last(List.of()));
        }
        OptionalLong before = after.map(Long::parseLong).map(OptionalLong::of).orElseGet(OptionalLong::empty);
        return tasks.list(caller, Optional.empty(), before, Math.min(limit, 200))
                .map(page -> new Page<>(
                        page.tasks().stream().map(TaskResources::definition).toList(),
                        page.next().stream().mapToObj(Long::toString).findFirst()));
    }

    private static ResourceDefinition definition(Task task) {
        String input = task.spec().input().strip().replaceAll("\\s+", " ");
        int end = Math.min(input.length(), MOST_TITLE);
        // why: half a surrogate pair is no text
        end -= end < input.length() && Character.isHighSurrogate(input.charAt(end - 1)) ? 1 : 0;
        return new ResourceDefinition(
                TaskUri.whole(task.id()),
                "task " + task.id(),
                Optional.of(input.substring(0, end)),
                Optional.of("Task, " + task.status().wireName() + ", created " + task.createdAt()),
                Optional.of(JSON),
                OptionalLong.empty(),
                Icons.TASK);
    }

    @Override
    public Uni<List<ResourceTemplate>> templates(Caller caller) {
        return Uni.createFrom().item(caller.rights().allow(Scope.TASKS_READ) ? TEMPLATES : List.of());
    }

    @Override
    public Uni<ResourceOutcome> read(ResourceRequest request) {
        Optional<TaskUri> named = TaskUri.parse(request.uri());
        if (named.isEmpty()) {
            return Uni.createFrom().item(new ResourceOutcome.Unknown());
        }
        InsufficientScope.refuseWithout(Scope.TASKS_READ, request.caller());
        return tasks.read(request.caller(), named.get().task())
                .map(history -> contents(named.get(), history)
                        .<ResourceOutcome>map(known -> new ResourceOutcome.Contents(List.of(known)))
                        .orElseGet(ResourceOutcome.Unknown::new))
                .onFailure(TaskResources::isUnknown)
                .recoverWithItem(new ResourceOutcome.Unknown());
    }

    private Optional<ResourceContents> contents(TaskUri uri, TaskHistory history) {
        return switch (uri.part()) {
            case WHOLE -> Optional.of(document(uri, TaskDocument.of(history.task())));
            case JOURNAL ->
                Optional.of(document(
                        uri,
                        Map.of(
                                "task_id",
                                history.task().id().value(),
                                "steps",
                                TaskDocument.of(history).steps().orElse(List.of()))));
            case RESULT ->
                history.task().state() instanceof TaskState.Succeeded(String result)
                        ? Optional.of(new ResourceContents.Text(uri.toString(), Optional.of("text/plain"), result))
                        : Optional.empty();
        };
    }

    private ResourceContents document(TaskUri uri, Object document) {
        try {
            return new ResourceContents.Text(uri.toString(), Optional.of(JSON), json.writeValueAsString(document));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document is always writable", e);
        }
    }

    @Override
    public Uni<Optional<Completion>> complete(String uriTemplate, CompletionRequest request) {
        boolean ours =
                TEMPLATES.stream().anyMatch(template -> template.uriTemplate().equals(uriTemplate));
        if (!ours) {
            return Uni.createFrom().item(Optional.empty());
        }
        return request.argument().equals("task_id")
                ? recentIds(request.caller(), request.value()).map(Optional::of)
                : Uni.createFrom().item(Optional.of(Completion.NONE));
    }

    /** Of the newest tasks those whose ids begin like this. */
    Uni<Completion> recentIds(Caller caller, String begin) {
        if (!caller.rights().allow(Scope.TASKS_READ)) {
            return Uni.createFrom().item(Completion.NONE);
        }
        return tasks.list(caller, Optional.empty(), OptionalLong.empty(), RECENT)
                .map(page -> Completion.of(page.tasks().stream()
                        .map(task -> task.id().value())
                        .filter(id -> id.startsWith(begin))
                        .toList()));
    }

    @Override
    public Multi<ResourceUpdate> updates(Caller caller, String uri) {
        Optional<TaskUri> named = TaskUri.parse(uri);
        if (named.isEmpty() || !caller.rights().allow(Scope.TASKS_READ)) {
            return Multi.createFrom().nothing();
        }
        return tasks.read(caller, named.get().task())
                .onItem()
                .transformToMulti(history -> history.task().status().isFinal()
                        // why once: it may have ended while the client was being told that it is listened to
                        ? Multi.createBy()
                                .concatenating()
                                .streams(
                                        Multi.createFrom().item(new ResourceUpdate(uri)),
                                        Multi.createFrom().nothing())
                        : watch.follow(history.task().id(), history.lastEvent()).map(batch -> new ResourceUpdate(uri)))
                .onFailure(TaskResources::isUnknown)
                .recoverWithMulti(Multi.createFrom().nothing());
    }

    private static boolean isUnknown(Throwable failure) {
        return failure instanceof StoreException refusal && refusal.code() == StoreException.Code.TASK_NOT_FOUND;
    }
}
