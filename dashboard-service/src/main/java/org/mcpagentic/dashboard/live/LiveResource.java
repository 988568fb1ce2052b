package org.mcpagentic.dashboard.live;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.mcpagentic.dashboard.Routes;
import org.mcpagentic.edge.sse.EventStreams;
import org.mcpagentic.edge.sse.ServerSentEvent;

/** The page's live statistics. */
@Path("/")
public class LiveResource {
    private final LiveStats stats;
    private final EventStreams streams;

    LiveResource(LiveStats stats, EventStreams streams) {
        this.stats = stats;
        this.streams = streams;
    }

    /** Event {@code stats} with a {@link ServiceReport} per service, at once and on every change. */
    @GET
    @Path(Routes.STATS)
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Uni<Void> stats(@Context RoutingContext routing) {
        return streams.send(routing, stats.reports().map(report -> ServerSentEvent.passing("stats", report)));
    }
}
