package org.mcpagentic.dashboard.ask;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.RestMulti;
import org.mcpagentic.dashboard.Routes;
import org.mcpagentic.dashboard.page.Visitor;
import org.mcpagentic.dashboard.upstream.AskRequest;
import org.mcpagentic.dashboard.upstream.EventRelay;
import org.mcpagentic.dashboard.upstream.PublicMcp;
import org.mcpagentic.dashboard.upstream.Relay;

/** What the page's ask form needs of public-mcp-service. */
@Path("/")
public class AskResource {
    private static final String SERVICE = "public-mcp-service";

    private final PublicMcp questions;
    private final EventRelay events;
    private final Visitor visitor;

    AskResource(@RestClient PublicMcp questions, EventRelay events, Visitor visitor) {
        this.questions = questions;
        this.events = events;
        this.visitor = visitor;
    }

    /** Streams the answer to a question; a browser that goes away cancels it. */
    @POST
    @Path(Routes.ASK)
    @Consumes(MediaType.APPLICATION_JSON)
    public RestMulti<byte[]> ask(AskRequest question, @Context RoutingContext request) {
        return events.answer(question, visitor.onBehalf(), request);
    }

    /** The models that a question may name. */
    @GET
    @Path(Routes.ASK_MODELS)
    public Uni<Response> models() {
        return Relay.passOn(SERVICE, questions.models(visitor.onBehalf()));
    }
}
