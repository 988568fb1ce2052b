package org.mcpagentic.dashboard.ask;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestMulti;
import org.mcpagentic.dashboard.Routes;
import org.mcpagentic.dashboard.page.Visitor;
import org.mcpagentic.dashboard.upstream.AskRequest;
import org.mcpagentic.dashboard.upstream.EventRelay;

/** What the page's ask form needs of public-mcp-service. */
@Path("/")
public class AskResource {
    private final EventRelay events;
    private final Visitor visitor;

    AskResource(EventRelay events, Visitor visitor) {
        this.events = events;
        this.visitor = visitor;
    }

    /** Streams the answer to a question; a browser that goes away cancels it. */
    @POST
    @Path(Routes.ASK)
    @Consumes(MediaType.APPLICATION_JSON)
    public RestMulti<byte[]> ask(AskRequest question) {
        return events.answer(question, visitor.sessionId(), visitor.userAgent());
    }
}
