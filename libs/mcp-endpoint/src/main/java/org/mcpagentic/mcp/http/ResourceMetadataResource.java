package org.mcpagentic.mcp.http;

import io.smallrye.common.annotation.NonBlocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.mcpagentic.edge.problem.ProblemException;
import org.mcpagentic.edge.resource.ProtectedResource;
import org.mcpagentic.edge.resource.ResourceMetadata;

/** Tells OAuth clients where tokens for this service come from. */
@Path(ProtectedResource.WELL_KNOWN)
public class ResourceMetadataResource {

    private final ProtectedResource resource;

    ResourceMetadataResource(ProtectedResource resource) {
        this.resource = resource;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @NonBlocking
    @Operation(hidden = true)
    public ResourceMetadata ofTheService(@Context RoutingContext routing) {
        return resource.metadata(routing.request())
                .orElseThrow(() -> ProblemException.notFound("authorization server"));
    }

    @GET
    @Path("/{resource:.+}")
    @Produces(MediaType.APPLICATION_JSON)
    @NonBlocking
    @Operation(hidden = true)
    public ResourceMetadata ofMcp(@Context RoutingContext routing, @PathParam("resource") String path) {
        return resource.metadata(routing.request(), "/" + path)
                .orElseThrow(() -> ProblemException.notFound("protected resource"));
    }
}
