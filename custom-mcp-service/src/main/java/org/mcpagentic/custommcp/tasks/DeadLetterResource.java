package org.mcpagentic.custommcp.tasks;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.store.TaskStore;

/** Tasks that were given up because their workers died, each with its losses, until they are run again or purged. */
@Path("/dead-letter")
@Tag(name = "tasks")
@Produces(MediaType.APPLICATION_JSON)
public class DeadLetterResource {

    private final TaskStore store;

    DeadLetterResource(TaskStore store) {
        this.store = store;
    }

    @GET
    @Operation(
            operationId = "listDeadLetters",
            summary = "Lists the tenant's tasks that were given up because their workers died, newest first")
    @APIResponseSchema(value = TaskList.class, responseDescription = "a page of tasks, without their steps")
    public Uni<TaskList> list(
            @Context RoutingContext routing,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200", defaultValue = "50"))
                    @QueryParam("limit")
                    @DefaultValue("50")
                    String limit,
            @Parameter(description = "next_cursor of the page before") @QueryParam("cursor") Optional<String> cursor) {
        return store.deadLetters(Caller.of(routing).tenant(), TaskList.position(cursor), TaskList.limit(limit))
                .map(TaskList::of);
    }
}
