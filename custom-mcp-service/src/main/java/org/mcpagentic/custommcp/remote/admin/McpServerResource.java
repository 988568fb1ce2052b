package org.mcpagentic.custommcp.remote.admin;

import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.Valid;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;
import org.mcpagentic.access.Principal;
import org.mcpagentic.edge.access.Caller;

/** External MCP servers: added, looked at, removed; and what their tools are, compared and approved. */
@Path("/admin/mcp-server")
@Tag(name = "admin")
@Produces(MediaType.APPLICATION_JSON)
public class McpServerResource {

    private static final String TENANT = "whose server is meant, where several have the name";

    private final McpServerService service;

    McpServerResource(McpServerService service) {
        this.service = service;
    }

    @POST
    @ResponseStatus(201)
    @Operation(
            operationId = "addMcpServer",
            summary = "Adds an external MCP server and looks at it once",
            description =
                    "It is added whether that look succeeds or not; its health says so. Other replicas know it within seconds.")
    @APIResponse(
            responseCode = "201",
            description = "the server",
            headers = @Header(name = "Location", description = "where it is read"),
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = McpServerDocument.class)))
    @APIResponse(responseCode = "404", description = "not_found: there is no such tenant")
    @APIResponse(responseCode = "409", description = "illegal_transition: there is one of the name, or too many")
    public Uni<RestResponse<McpServerDocument>> add(@Context RoutingContext routing, @Valid McpServerRequest request) {
        return service.add(caller(routing), request)
                .map(server -> RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, server)
                        .header(HttpHeaders.LOCATION, "mcp-server/" + server.name())
                        .build());
    }

    @GET
    @NonBlocking
    @Operation(
            operationId = "listMcpServers",
            summary = "Lists the external MCP servers of the caller's tenant and those offered to it, in order of name")
    @APIResponseSchema(value = McpServerList.class, responseDescription = "the servers; all, with the scope platform")
    public McpServerList list(@Context RoutingContext routing) {
        return service.list(caller(routing));
    }

    @GET
    @Path("/{name}")
    @NonBlocking
    @Operation(operationId = "getMcpServer", summary = "Reads an external MCP server, how it does, and its tools")
    @APIResponseSchema(value = McpServerDocument.class, responseDescription = "the server")
    public McpServerDocument find(
            @Context RoutingContext routing,
            @PathParam("name") String name,
            @Parameter(description = TENANT) @QueryParam("tenant") Optional<String> tenant) {
        return service.find(caller(routing), name, tenant);
    }

    @DELETE
    @Path("/{name}")
    @ResponseStatus(204)
    @Operation(
            operationId = "removeMcpServer",
            summary = "Removes an external MCP server that was added, and forgets what was approved of it")
    @APIResponse(responseCode = "204", description = "it is removed")
    @APIResponse(responseCode = "409", description = "illegal_transition: the configuration names it")
    public Uni<Void> remove(
            @Context RoutingContext routing,
            @PathParam("name") String name,
            @Parameter(description = TENANT) @QueryParam("tenant") Optional<String> tenant) {
        return service.remove(caller(routing), name, tenant);
    }

    @POST
    @Path("/{name}/check")
    @Operation(operationId = "checkMcpServer", summary = "Asks an external MCP server now what it offers")
    @APIResponseSchema(value = McpServerDocument.class, responseDescription = "the server as it is then")
    public Uni<McpServerDocument> check(
            @Context RoutingContext routing,
            @PathParam("name") String name,
            @Parameter(description = TENANT) @QueryParam("tenant") Optional<String> tenant) {
        return service.check(caller(routing), name, tenant);
    }

    @GET
    @Path("/{name}/tool/{tool}")
    @NonBlocking
    @Operation(
            operationId = "getMcpServerTool",
            summary = "Shows what is approved of a tool, what its server says of it now, and where both differ")
    @APIResponseSchema(value = McpToolDocument.class, responseDescription = "both definitions")
    public McpToolDocument tool(
            @Context RoutingContext routing,
            @PathParam("name") String name,
            @PathParam("tool") String tool,
            @Parameter(description = TENANT) @QueryParam("tenant") Optional<String> tenant) {
        return service.tool(caller(routing), name, tenant, tool);
    }

    @POST
    @Path("/{name}/tool/{tool}/approve")
    @Operation(
            operationId = "approveMcpServerTool",
            summary = "Approves exactly the definition of a tool that was shown")
    @APIResponseSchema(value = McpToolDocument.class, responseDescription = "the tool, which can be used again")
    @APIResponse(responseCode = "409", description = "illegal_transition: what waits has another hash")
    public Uni<McpToolDocument> approve(
            @Context RoutingContext routing,
            @PathParam("name") String name,
            @PathParam("tool") String tool,
            @Parameter(description = TENANT) @QueryParam("tenant") Optional<String> tenant,
            @Valid ApprovalRequest request) {
        return service.approve(caller(routing), name, tenant, tool, request);
    }

    private static Principal caller(RoutingContext routing) {
        return Caller.of(routing).principal();
    }
}
