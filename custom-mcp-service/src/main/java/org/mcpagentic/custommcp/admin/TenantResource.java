package org.mcpagentic.custommcp.admin;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.Valid;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;
import org.mcpagentic.edge.access.Caller;

/** Tenants: made and listed. */
@Path("/admin/tenant")
@Tag(name = "admin")
@Produces(MediaType.APPLICATION_JSON)
public class TenantResource {

    private final TenantService service;

    TenantResource(TenantService service) {
        this.service = service;
    }

    @POST
    @ResponseStatus(201)
    @Operation(operationId = "createTenant", summary = "Creates a tenant; a repeat changes nothing")
    @APIResponse(
            responseCode = "201",
            description = "the tenant",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = TenantDocument.class)))
    @APIResponse(
            responseCode = "200",
            description = "the tenant, which was there before",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = TenantDocument.class)))
    public Uni<RestResponse<TenantDocument>> create(@Context RoutingContext routing, @Valid TenantRequest request) {
        return service.create(Caller.of(routing).principal(), request)
                .map(creation -> RestResponse.ResponseBuilder.create(
                                creation.fresh() ? RestResponse.Status.CREATED : RestResponse.Status.OK,
                                TenantDocument.of(creation.tenant()))
                        .build());
    }

    @GET
    @Operation(operationId = "listTenants", summary = "Lists all tenants, newest first")
    @APIResponseSchema(value = TenantList.class, responseDescription = "a page of tenants")
    @APIResponse(responseCode = "400", description = "bad_parameter")
    public Uni<TenantList> list(
            @Context RoutingContext routing,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200", defaultValue = "50"))
                    @QueryParam("limit")
                    @DefaultValue("50")
                    String limit,
            @Parameter(description = "next_cursor of the page before") @QueryParam("cursor") Optional<String> cursor) {
        return service.list(Caller.of(routing).principal(), PageParameters.of(cursor, limit))
                .map(TenantList::of);
    }
}
