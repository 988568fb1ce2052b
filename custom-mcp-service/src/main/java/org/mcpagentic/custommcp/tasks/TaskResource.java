package org.mcpagentic.custommcp.tasks;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.Valid;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.edge.idempotency.IdempotencyKey;
import org.mcpagentic.edge.idempotency.RequestFingerprint;
import org.mcpagentic.edge.prefer.Preference;
import org.mcpagentic.edge.problem.ProblemCode;
import org.mcpagentic.edge.problem.ProblemException;
import org.mcpagentic.store.Idempotency;
import org.mcpagentic.store.TaskHistory;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TaskStatus;
import org.mcpagentic.store.TaskStore;

/** Durable tasks: created, run, read, listed, cancelled. */
@Path("/task")
@Tag(name = "tasks")
@Produces(MediaType.APPLICATION_JSON)
public class TaskResource {

    /** W3C Trace Context, version 00. */
    private static final Pattern TRACEPARENT = Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private static final String SOON = "1";

    private final TaskService service;
    private final TaskStore store;
    private final TasksConfig config;

    TaskResource(TaskService service, TaskStore store, TasksConfig config) {
        this.service = service;
        this.store = store;
        this.config = config;
    }

    @POST
    @ResponseStatus(201)
    @Operation(operationId = "createTask", summary = "Creates a task")
    @APIResponse(
            responseCode = "201",
            description = "the task, not queued yet",
            headers = @Header(name = "Location", description = "where the task is read"),
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = TaskDocument.class)))
    @Parameter(
            in = ParameterIn.HEADER,
            name = "Idempotency-Key",
            description = "1 to 128 printable ASCII characters; a repeat within 24 hours returns the first task",
            schema = @Schema(implementation = String.class, minLength = 1, maxLength = 128))
    @APIResponse(responseCode = "409", description = "idempotency_in_flight")
    public Uni<RestResponse<TaskDocument>> create(@Context RoutingContext routing, @Valid TaskRequest request) {
        Optional<Idempotency> idempotency = IdempotencyKey.of(routing.request())
                .map(key -> new Idempotency(
                        "POST /task " + key.value(),
                        RequestFingerprint.of(routing).value()));
        Optional<String> traceparent = Optional.ofNullable(routing.request().getHeader("traceparent"))
                .filter(value -> TRACEPARENT.matcher(value).matches());
        return service.create(Caller.of(routing), request, idempotency, traceparent)
                .map(creation -> {
                    TaskDocument task = TaskDocument.of(creation.task());
                    RestResponse.ResponseBuilder<TaskDocument> response = RestResponse.ResponseBuilder.create(
                                    RestResponse.Status.CREATED, task)
                            .header(HttpHeaders.LOCATION, "task/" + task.taskId());
                    if (creation.replayed()) {
                        response.header("Idempotency-Replayed", "true");
                    }
                    return response.build();
                });
    }

    @GET
    @Operation(operationId = "listTasks", summary = "Lists the tenant's tasks, newest first")
    @APIResponseSchema(value = TaskList.class, responseDescription = "a page of tasks, without their steps")
    public Uni<TaskList> list(
            @Context RoutingContext routing,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200", defaultValue = "50"))
                    @QueryParam("limit")
                    @DefaultValue("50")
                    String limit,
            @Parameter(description = "next_cursor of the page before") @QueryParam("cursor") Optional<String> cursor,
            @Parameter(description = "only tasks in this status") @QueryParam("status") Optional<String> status) {
        return store.list(
                        Caller.of(routing).tenant(),
                        status.map(TaskResource::status),
                        cursor.map(TaskResource::position).orElse(OptionalLong.empty()),
                        limit(limit))
                .map(page -> new TaskList(
                        page.tasks().stream().map(TaskDocument::of).toList(),
                        page.next().isPresent()
                                ? Optional.of(Long.toString(page.next().getAsLong(), 36))
                                : Optional.empty()));
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getTask", summary = "Returns a task with its steps")
    @APIResponseSchema(value = TaskDocument.class, responseDescription = "the task with its steps")
    public Uni<TaskDocument> get(@Context RoutingContext routing, @PathParam("id") String id) {
        return store.read(Caller.of(routing).tenant(), taskId(id)).map(TaskDocument::of);
    }

    @POST
    @Path("/{id}/run")
    @Operation(operationId = "runTask", summary = "Queues a task and waits for its end")
    @APIResponseSchema(value = TaskDocument.class, responseDescription = "the task has ended")
    @APIResponse(
            responseCode = "202",
            description = "the task goes on",
            headers = {
                @Header(name = "Location", description = "where the task is read"),
                @Header(name = "Retry-After", description = "seconds")
            },
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = TaskDocument.class)))
    @APIResponse(responseCode = "409", description = "task_cancelled")
    public Uni<RestResponse<TaskDocument>> run(
            @Context RoutingContext routing,
            @PathParam("id") String id,
            @Parameter(
                            description = "wait=N seconds, or respond-async (RFC 7240)",
                            example = "wait=5",
                            schema = @Schema(implementation = String.class))
                    @HeaderParam("Prefer")
                    @Nullable
                    List<String> prefer) {
        Preference preference = Preference.parse(prefer == null ? List.of() : prefer);
        Duration patience = patience(preference);
        return service.run(Caller.of(routing), taskId(id), patience)
                .map(history -> answer(history, "../../task/" + id, applied(preference, patience)));
    }

    @POST
    @Path("/{id}/cancel")
    @Operation(operationId = "cancelTask", summary = "Asks for a task's end")
    @APIResponseSchema(value = TaskDocument.class, responseDescription = "the task has ended")
    @APIResponse(
            responseCode = "202",
            description = "its worker has to confirm",
            headers = {
                @Header(name = "Location", description = "where the task is read"),
                @Header(name = "Retry-After", description = "seconds")
            },
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = TaskDocument.class)))
    public Uni<RestResponse<TaskDocument>> cancel(@Context RoutingContext routing, @PathParam("id") String id) {
        return service.cancel(Caller.of(routing), taskId(id))
                .map(history -> answer(history, "../../task/" + id, Optional.empty()));
    }

    /** The id in a path; what has not the form of one does not exist. */
    static TaskId taskId(String id) {
        if (!TaskId.looksLike(id)) {
            throw ProblemException.notFound("task");
        }
        return new TaskId(id);
    }

    private Duration patience(Preference preference) {
        if (preference.respondAsync() && preference.waitFor().isEmpty()) {
            return Duration.ZERO;
        }
        Duration wanted = preference.waitFor().orElse(config.runWait());
        return wanted.compareTo(config.longestWait()) > 0 ? config.longestWait() : wanted;
    }

    private static Optional<String> applied(Preference preference, Duration patience) {
        if (preference.waitFor().isPresent()) {
            return Optional.of("wait=" + patience.toSeconds());
        }
        return preference.respondAsync() ? Optional.of("respond-async") : Optional.empty();
    }

    private static RestResponse<TaskDocument> answer(
            TaskHistory history, String location, Optional<String> preferenceApplied) {
        boolean over = history.task().status().isFinal();
        RestResponse.ResponseBuilder<TaskDocument> response = RestResponse.ResponseBuilder.create(
                over ? RestResponse.Status.OK : RestResponse.Status.ACCEPTED, TaskDocument.of(history));
        if (!over) {
            response.header(HttpHeaders.LOCATION, location).header(HttpHeaders.RETRY_AFTER, SOON);
        }
        preferenceApplied.ifPresent(value -> response.header("Preference-Applied", value));
        return response.build();
    }

    private static TaskStatus status(String name) {
        try {
            return TaskStatus.ofWireName(name);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemCode.BAD_PARAMETER, "the parameter status is not the name of a status");
        }
    }

    private static OptionalLong position(String cursor) {
        if (!cursor.matches("[0-9a-z]{1,11}")) {
            throw new ProblemException(
                    ProblemCode.BAD_PARAMETER, "the parameter cursor is not one that a list returned");
        }
        return OptionalLong.of(Long.parseLong(cursor, 36));
    }

    private static int limit(String limit) {
        if (!limit.matches("[0-9]{1,3}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > 200) {
            throw new ProblemException(ProblemCode.BAD_PARAMETER, "the parameter limit is a number from 1 to 200");
        }
        return Integer.parseInt(limit);
    }

    /**
     * Part of a list of tasks.
     *
     * @param nextCursor where the next page begins; left out at the end
     */
    @RegisterForReflection
    @Schema(name = "TaskList")
    public record TaskList(List<TaskDocument> items, Optional<String> nextCursor) {}
}
