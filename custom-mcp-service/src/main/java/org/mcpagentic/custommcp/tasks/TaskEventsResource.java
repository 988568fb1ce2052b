package org.mcpagentic.custommcp.tasks;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.mcpagentic.agent.loop.StepCodec;
import org.mcpagentic.custommcp.approvals.ApprovalDocument;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.edge.sse.EventStreams;
import org.mcpagentic.edge.sse.ServerSentEvent;
import org.mcpagentic.store.JournalEntry;
import org.mcpagentic.store.TaskEvent;
import org.mcpagentic.store.TaskHistory;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TaskStore;
import org.mcpagentic.store.TenantId;
import org.mcpagentic.store.WorkQueue;

/** A task's events, live and from where the client stopped reading. */
@Path("/task/{id}/events")
@Tag(name = "tasks")
public class TaskEventsResource {

    private final TaskStore store;
    private final WorkQueue queue;
    private final TaskWatch watch;
    private final EventStreams streams;

    TaskEventsResource(TaskStore store, WorkQueue queue, TaskWatch watch, EventStreams streams) {
        this.store = store;
        this.queue = queue;
        this.watch = watch;
        this.streams = streams;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(operationId = "followTask", summary = "Sends a task's events until its end (server-sent events)")
    @APIResponse(
            responseCode = "200",
            description = "the events",
            content =
                    @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(implementation = String.class)))
    @APIResponse(responseCode = "204", description = "the final event was sent before: do not reconnect")
    @Parameter(
            in = ParameterIn.HEADER,
            name = "Last-Event-ID",
            description = "resume behind this event",
            schema = @Schema(implementation = Long.class, minimum = "0"))
    public Uni<Void> follow(@Context RoutingContext routing, @PathParam("id") String id) {
        TenantId tenant = Caller.of(routing).tenant();
        TaskId task = TaskResource.taskId(id);
        long asked = EventStreams.lastEventId(routing.request()).orElse(0);
        return store.read(tenant, task).chain(history -> {
            if (history.task().status().isFinal() && asked >= history.lastEvent()) {
                return Uni.createFrom().voidItem();
            }
            return streams.send(routing, events(tenant, task, Math.min(asked, history.lastEvent())));
        });
    }

    private Multi<ServerSentEvent> events(TenantId tenant, TaskId task, long after) {
        Multi<Optional<ServerSentEvent>> kept = watch.follow(task, after)
                .onItem()
                .transformToMultiAndConcatenate(batch -> described(tenant, task, batch))
                .map(Optional::of);
        Multi<Optional<ServerSentEvent>> passing = queue.deltas(task)
                .map(delta ->
                        ServerSentEvent.passing("model.delta", new DeltaData(task.value(), delta.step(), delta.text())))
                .map(Optional::of);
        // why: text alone must not keep the stream open behind the final event
        Multi<Optional<ServerSentEvent>> untilEnd = Multi.createBy()
                .concatenating()
                .streams(kept, Multi.createFrom().item(Optional.empty()));
        return Multi.createBy()
                .merging()
                .streams(untilEnd, passing)
                .select()
                .first(Optional::isPresent)
                .map(Optional::get);
    }

    /** A batch's events with what they are about, read once for the batch. */
    private Multi<ServerSentEvent> described(TenantId tenant, TaskId task, List<TaskEvent> batch) {
        boolean bare = batch.stream().noneMatch(event -> event.isStep() || event.isApproval() || event.isFinal());
        if (bare) {
            return Multi.createFrom().iterable(batch).map(event -> status(task, event, Optional.empty()));
        }
        return store.read(tenant, task).onItem().transformToMulti(history -> {
            Map<Integer, JournalEntry> journal =
                    history.journal().stream().collect(Collectors.toMap(JournalEntry::step, Function.identity()));
            return Multi.createFrom().iterable(batch).map(event -> described(task, event, history, journal));
        });
    }

    private static ServerSentEvent described(
            TaskId task, TaskEvent event, TaskHistory history, Map<Integer, JournalEntry> journal) {
        if (event.isStep()) {
            Optional<StepDocument> step = Optional.ofNullable(journal.get(event.detail()))
                    .map(StepCodec::decode)
                    .map(known -> event.type().equals("step.started")
                            ? StepDocument.begun(task, known)
                            : StepDocument.of(task, known));
            return ServerSentEvent.numbered(event.number(), event.type(), new StepData(task.value(), event.at(), step));
        }
        if (event.isApproval()) {
            Optional<ApprovalDocument> approval = history.approvals().reversed().stream()
                    .filter(asked -> asked.step() == event.detail())
                    .findFirst()
                    .map(ApprovalDocument::of);
            return ServerSentEvent.numbered(
                    event.number(), event.type(), new ApprovalData(task.value(), event.at(), approval));
        }
        return status(task, event, event.isFinal() ? Optional.of(TaskDocument.of(history)) : Optional.empty());
    }

    private static ServerSentEvent status(TaskId task, TaskEvent event, Optional<TaskDocument> document) {
        return ServerSentEvent.numbered(
                event.number(),
                event.type(),
                new StatusData(
                        task.value(),
                        event.type().substring(event.type().indexOf('.') + 1),
                        event.at(),
                        event.detail() > 0 ? Optional.of(event.detail()) : Optional.empty(),
                        document));
    }

    /** What {@code task.*} events carry; the task where it is the final one. */
    @RegisterForReflection
    public record StatusData(
            String taskId, String status, Instant at, Optional<Integer> attempt, Optional<TaskDocument> task) {}

    /** What {@code step.*} events carry; no step where a person decided since that it is to begin anew. */
    @RegisterForReflection
    public record StepData(String taskId, Instant at, Optional<StepDocument> step) {}

    /** What {@code approval.*} events carry: the approval as it is now. */
    @RegisterForReflection
    public record ApprovalData(String taskId, Instant at, Optional<ApprovalDocument> approval) {}

    /** What {@code model.delta} events carry. */
    @RegisterForReflection
    public record DeltaData(String taskId, int step, String text) {}
}
