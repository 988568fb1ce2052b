package org.mcpagentic.dashboard.upstream;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.mcpagentic.edge.problem.Problem;

/** public-mcp-service but for its streams, which {@link EventRelay} passes on; answers as {@link CustomMcp} has them. */
@RegisterRestClient(configKey = "public-mcp")
@Path("/")
public interface PublicMcp {
    /** The models that a question may name. */
    @GET
    @Path("model")
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    Uni<Response> models(@BeanParam OnBehalf person);
}
