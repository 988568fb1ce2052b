package org.mcpagentic.dashboard.upstream;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;
import org.mcpagentic.edge.problem.Problem;

/**
 * custom-mcp-service, as {@code docs/reference/rest-api.md} has it. Answers come as {@link Response}, whatever their
 * status: the page reads them, and a relay that retyped them would drop what it does not know yet.
 */
@RegisterRestClient(configKey = "custom-mcp")
@Path("/")
public interface CustomMcp {
    /** Creates a task. */
    @POST
    @Path("task")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    Uni<Response> create(
            @BeanParam OnBehalf person,
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            TaskRequest task);

    /** Tasks, newest first. */
    @GET
    @Path("task")
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    Uni<Response> list(
            @BeanParam OnBehalf person,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("status") @Nullable String status);

    /** A task with its steps. */
    @GET
    @Path("task/{id}")
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    Uni<Response> get(@PathParam("id") String id, @BeanParam OnBehalf person);

    /** Queues a task; waits for its end only as {@code prefer} says. */
    @POST
    @Path("task/{id}/run")
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    Uni<Response> run(@PathParam("id") String id, @HeaderParam("Prefer") String prefer, @BeanParam OnBehalf person);

    /** Asks for a task's end. */
    @POST
    @Path("task/{id}/cancel")
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    Uni<Response> cancel(@PathParam("id") String id, @BeanParam OnBehalf person);

    /** Runs an ended task again, as a new one. */
    @POST
    @Path("task/{id}/retry")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    Uni<Response> retry(
            @PathParam("id") String id,
            @BeanParam OnBehalf person,
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            RetryRequest request);

    /** Decides what came of a call that a lost worker left behind. */
    @POST
    @Path("task/{id}/step/{step}/resolve")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    Uni<Response> resolve(
            @PathParam("id") String id,
            @PathParam("step") String step,
            @BeanParam OnBehalf person,
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            ResolveRequest decision);

    /** Tasks that were given up because their workers died, newest first. */
    @GET
    @Path("dead-letter")
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    Uni<Response> deadLetters(
            @BeanParam OnBehalf person,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor);

    /** The tools that a task may use. */
    @GET
    @Path("tool")
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    Uni<Response> tools(@BeanParam OnBehalf person);

    /** The models that a task may name. */
    @GET
    @Path("model")
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    Uni<Response> models(@BeanParam OnBehalf person);
}
