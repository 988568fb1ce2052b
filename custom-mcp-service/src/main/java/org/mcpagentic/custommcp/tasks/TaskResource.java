package org.mcpagentic.custommcp.tasks;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
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
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.edge.access.Metering;
import org.mcpagentic.edge.idempotency.IdempotencyKey;
import org.mcpagentic.edge.idempotency.RequestFingerprint;
import org.mcpagentic.edge.prefer.Preference;
import org.mcpagentic.edge.problem.ProblemCode;
import org.mcpagentic.edge.problem.ProblemException;
import org.mcpagentic.store.Creation;
import org.mcpagentic.store.Idempotency;
import org.mcpagentic.store.TaskHistory;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TaskStatus;
import org.mcpagentic.store.TaskStore;

/** Durable tasks: created, run, read, listed, cancelled, run again, decided on. */
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
    private final ObjectMapper json;

    TaskResource(TaskService service, TaskStore store, TasksConfig config, ObjectMapper json) {
        this.service = service;
        this.store = store;
        this.config = config;
        this.json = json;
    }

    @POST
    @ResponseStatus(201)
    @Operation(operationId = "createTask", summary = "Creates a task")
    @APIResponse(
            responseCode = "201",
            description = "the task, not queued yet",
            headers = {
                @Header(name = "Location", description = "where the task is read"),
                @Header(name = "Idempotency-Replayed", description = "true where an earlier request made it")
            },
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = TaskDocument.class)))
    @Parameter(
            in = ParameterIn.HEADER,
            name = "Idempotency-Key",
            description = "1 to 128 printable ASCII characters; a repeat within 24 hours returns the first task",
            schema = @Schema(implementation = String.class, minLength = 1, maxLength = 128))
    @APIResponse(responseCode = "410", description = "task_purged")
    public Uni<RestResponse<TaskDocument>> create(@Context RoutingContext routing, @Valid TaskRequest request) {
        return service.create(Caller.of(routing), request, idempotency(routing, "POST /task"), traceparent(routing))
                .map(creation -> created(routing, creation, "task/"));
    }

    @POST
    @Path("/{id}/retry")
    @ResponseStatus(201)
    @Operation(
            operationId = "retryTask",
            summary = "Creates and queues a task that does again what an ended one did, from the start or from a step")
    @RequestBody(
            required = false,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RetryRequest.class)))
    @APIResponse(
            responseCode = "201",
            description = "the new task, queued; retry_of names the other",
            headers = {
                @Header(name = "Location", description = "where the new task is read"),
                @Header(name = "Idempotency-Replayed", description = "true where an earlier request made it")
            },
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = TaskDocument.class)))
    @Parameter(
            in = ParameterIn.HEADER,
            name = "Idempotency-Key",
            description = "1 to 128 printable ASCII characters; a repeat within 24 hours returns the first task",
            schema = @Schema(implementation = String.class, minLength = 1, maxLength = 128))
    @APIResponse(responseCode = "409", description = "illegal_transition: the task has not ended")
    @APIResponse(responseCode = "410", description = "task_purged")
    public Uni<RestResponse<TaskDocument>> retry(@Context RoutingContext routing, @PathParam("id") String id)
            throws IOException {
        TaskId source = taskId(id);
        return service.retry(
                        Caller.of(routing),
                        source,
                        retryRequest(routing),
                        idempotency(routing, "POST /task/" + id + "/retry"),
                        traceparent(routing))
                .map(creation -> created(routing, creation, "../../task/"));
    }

    private RetryRequest retryRequest(RoutingContext routing) throws IOException {
        Buffer body = routing.body().buffer();
        if (body == null || body.length() == 0) {
            return RetryRequest.WHOLE;
        }
        RetryRequest request = json.readValue(body.getBytes(), RetryRequest.class);
        if (request == null) {
            throw new ProblemException(ProblemCode.WRONG_TYPE, "the body must be an object, or there must be none");
        }
        return request;
    }

    private static Optional<Idempotency> idempotency(RoutingContext routing, String methodAndPath) {
        return IdempotencyKey.of(routing.request())
                .map(key -> new Idempotency(
                        methodAndPath + " " + key.value(),
                        RequestFingerprint.of(routing).value()));
    }

    private static Optional<String> traceparent(RoutingContext routing) {
        return Optional.ofNullable(routing.request().getHeader("traceparent"))
                .filter(value -> TRACEPARENT.matcher(value).matches());
    }

    private static RestResponse<TaskDocument> created(RoutingContext routing, Creation creation, String tasks) {
        Metering.charged(routing, creation.allowance());
        TaskDocument task = TaskDocument.of(creation.task());
        RestResponse.ResponseBuilder<TaskDocument> response = RestResponse.ResponseBuilder.create(
                        RestResponse.Status.CREATED, task)
                .header(HttpHeaders.LOCATION, tasks + task.taskId());
        if (creation.replayed()) {
            response.header("Idempotency-Replayed", "true");
        }
        return response.build();
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
                        TaskList.position(cursor),
                        TaskList.limit(limit))
                .map(TaskList::of);
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

    @POST
    @Path("/{id}/step/{step}/resolve")
    @Operation(
            operationId = "resolveStep",
            summary = "Decides what came of a call that a lost worker left behind, and queues its task")
    @APIResponseSchema(value = TaskDocument.class, responseDescription = "decided before, and the task has ended since")
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
    @Parameter(
            in = ParameterIn.HEADER,
            name = "Idempotency-Key",
            description = "1 to 128 printable ASCII characters; the same request again is not a second decision",
            schema = @Schema(implementation = String.class, minLength = 1, maxLength = 128))
    @APIResponse(
            responseCode = "409",
            description = "illegal_transition: the task does not wait; step_settled: the step has an outcome")
    public Uni<RestResponse<TaskDocument>> resolve(
            @Context RoutingContext routing,
            @PathParam("id") String id,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1")) @PathParam("step") String step,
            @Valid ResolveRequest request) {
        String decision = IdempotencyKey.of(routing.request())
                .map(key -> RequestFingerprint.of(routing).value() + " " + key.value())
                .orElseGet(() -> UUID.randomUUID().toString());
        return service.resolve(Caller.of(routing), taskId(id), stepNumber(step), decision, request.decision())
                .map(history -> answer(history, "../../../../task/" + id, Optional.empty()));
    }

    private static int stepNumber(String step) {
        if (!step.matches("[1-9][0-9]{0,8}")) {
            throw ProblemException.notFound("step");
        }
        return Integer.parseInt(step);
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
}
