package org.mcpagentic.custommcp.audit;

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
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.mcpagentic.access.audit.AuditQuery;
import org.mcpagentic.access.audit.AuditReader;
import org.mcpagentic.access.audit.trail.Position;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.edge.problem.ProblemCode;
import org.mcpagentic.edge.problem.ProblemException;

/** Who did what in the caller's tenant. */
@Path("/admin/audit")
@Tag(name = "admin")
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {

    private static final Pattern ACTOR = Pattern.compile("[ -~]{1,128}");
    private static final Pattern ACTION = Pattern.compile("[a-z]{1,32}\\.[a-z_]{1,32}");
    private static final Pattern CURSOR = Pattern.compile("[0-9]{1,19}-[0-9]{1,19}");

    private final AuditReader reader;

    AuditResource(AuditReader reader) {
        this.reader = reader;
    }

    @GET
    @Operation(operationId = "listAudit", summary = "Lists the tenant's audit trail, newest first")
    @APIResponseSchema(value = AuditList.class, responseDescription = "a page of entries")
    public Uni<AuditList> list(
            @Context RoutingContext routing,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200", defaultValue = "50"))
                    @QueryParam("limit")
                    @DefaultValue("50")
                    String limit,
            @Parameter(description = "next_cursor of the page before") @QueryParam("cursor") Optional<String> cursor,
            @Parameter(description = "only what this key, person or address did") @QueryParam("actor")
                    Optional<String> actor,
            @Parameter(description = "only this was done", example = "key.create") @QueryParam("action")
                    Optional<String> action) {
        actor.filter(text -> !ACTOR.matcher(text).matches()).ifPresent(text -> refuse("actor is not one"));
        action.filter(text -> !ACTION.matcher(text).matches()).ifPresent(text -> refuse("action is not one"));
        AuditQuery query = new AuditQuery(cursor.map(AuditResource::position), actor, action, limit(limit));
        return reader.page(Caller.of(routing).tenant(), query).map(AuditList::of);
    }

    private static Position position(String cursor) {
        return Optional.of(cursor)
                .filter(text -> CURSOR.matcher(text).matches())
                .flatMap(Position::parse)
                .orElseThrow(() -> refusal("cursor is not one that a list returned"));
    }

    private static int limit(String limit) {
        if (!limit.matches("[0-9]{1,3}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > 200) {
            throw refusal("limit is a number from 1 to 200");
        }
        return Integer.parseInt(limit);
    }

    private static void refuse(String what) {
        throw refusal(what);
    }

    private static ProblemException refusal(String what) {
        return new ProblemException(ProblemCode.BAD_PARAMETER, "the parameter " + what);
    }
}
