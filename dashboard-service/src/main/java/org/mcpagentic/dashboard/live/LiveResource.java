package org.mcpagentic.dashboard.live;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.mcpagentic.dashboard.Routes;
import org.mcpagentic.dashboard.page.Visitor;
import org.mcpagentic.dashboard.signin.SessionWatch;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.edge.sse.EventStreams;
import org.mcpagentic.edge.sse.ServerSentEvent;

/** The page's live statistics. */
@Path("/")
public class LiveResource {
    private final LiveStats stats;
    private final EventStreams streams;
    private final SessionWatch watch;
    private final Visitor visitor;

    LiveResource(LiveStats stats, EventStreams streams, SessionWatch watch, Visitor visitor) {
        this.stats = stats;
        this.streams = streams;
        this.watch = watch;
        this.visitor = visitor;
    }

    /** Event {@code stats} with a {@link ServiceReport} per service, at once and on every change. */
    @GET
    @Path(Routes.STATS)
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Uni<Void> stats(@Context RoutingContext routing) {
        Optional<String> authorization = Optional.ofNullable(visitor.onBehalf().getAuthorization());
        return streams.send(
                routing,
                watch.within(routing, stats.reports(Caller.of(routing).tenant(), authorization))
                        .map(report -> ServerSentEvent.passing("stats", report)));
    }
}
