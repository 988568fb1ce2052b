package org.mcpagentic.dashboard.tasks;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;
import org.mcpagentic.dashboard.Routes;
import org.mcpagentic.dashboard.page.Visitor;
import org.mcpagentic.dashboard.upstream.CustomMcp;
import org.mcpagentic.dashboard.upstream.EventRelay;
import org.mcpagentic.dashboard.upstream.Relay;
import org.mcpagentic.dashboard.upstream.ResolveRequest;
import org.mcpagentic.dashboard.upstream.RetryRequest;
import org.mcpagentic.dashboard.upstream.TaskRequest;

/** What the page's task form, timeline and list need of custom-mcp-service, under the same names below {@code api/}. */
@Path("/")
public class TaskResource {
    private static final String SERVICE = "custom-mcp-service";

    private final CustomMcp tasks;
    private final EventRelay events;
    private final Visitor visitor;

    TaskResource(@RestClient CustomMcp tasks, EventRelay events, Visitor visitor) {
        this.tasks = tasks;
        this.events = events;
        this.visitor = visitor;
    }

    /** Creates a task in the visitor's session. */
    @POST
    @Path(Routes.TASKS)
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Response> create(@HeaderParam("Idempotency-Key") @Nullable String idempotencyKey, TaskRequest task) {
        return Relay.passOn(SERVICE, tasks.create(visitor.onBehalf(), idempotencyKey, task));
    }

    /** Tasks, newest first, a page at a time. */
    @GET
    @Path(Routes.TASKS)
    public Uni<Response> list(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("status") @Nullable String status) {
        return Relay.passOn(SERVICE, tasks.list(visitor.onBehalf(), limit, cursor, status));
    }

    /** A task with its steps. */
    @GET
    @Path(Routes.TASK)
    public Uni<Response> get(@RestPath String id) {
        return Relay.passOn(SERVICE, tasks.get(id, visitor.onBehalf()));
    }

    /** Queues a task and does not wait for its end: the page follows its events. */
    @POST
    @Path(Routes.RUN)
    public Uni<Response> run(@RestPath String id) {
        return Relay.passOn(SERVICE, tasks.run(id, "respond-async", visitor.onBehalf()));
    }

    /** Asks for a task's end. */
    @POST
    @Path(Routes.CANCEL)
    public Uni<Response> cancel(@RestPath String id) {
        return Relay.passOn(SERVICE, tasks.cancel(id, visitor.onBehalf()));
    }

    /** Runs an ended task again in the visitor's session, as a new one. */
    @POST
    @Path(Routes.RETRY)
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Response> retry(
            @RestPath String id,
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            RetryRequest request) {
        return Relay.passOn(SERVICE, tasks.retry(id, visitor.onBehalf(), idempotencyKey, request));
    }

    /** Decides what came of a call that a lost worker left behind. */
    @POST
    @Path(Routes.RESOLVE)
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Response> resolve(
            @RestPath String id,
            @RestPath String step,
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            ResolveRequest decision) {
        return Relay.passOn(SERVICE, tasks.resolve(id, step, visitor.onBehalf(), idempotencyKey, decision));
    }

    /** Tasks that were given up because their workers died, newest first, a page at a time. */
    @GET
    @Path(Routes.DEAD_LETTERS)
    public Uni<Response> deadLetters(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        return Relay.passOn(SERVICE, tasks.deadLetters(visitor.onBehalf(), limit, cursor));
    }

    /** What happens to a task, live, from behind the event that the browser saw last. */
    @GET
    @Path(Routes.EVENTS)
    public RestMulti<byte[]> events(
            @RestPath String id,
            @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
            @Context RoutingContext request) {
        return events.taskEvents(id, lastEventId, visitor.onBehalf(), request);
    }

    /** The tools that a task may use. */
    @GET
    @Path(Routes.TOOLS)
    public Uni<Response> tools() {
        return Relay.passOn(SERVICE, tasks.tools(visitor.onBehalf()));
    }

    /** The models that a task may name. */
    @GET
    @Path(Routes.MODELS)
    public Uni<Response> models() {
        return Relay.passOn(SERVICE, tasks.models(visitor.onBehalf()));
    }
}
