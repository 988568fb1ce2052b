package org.mcpagentic.custommcp.tasks;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.edge.sse.EventStreams;
import org.mcpagentic.edge.statistics.StatisticsDocument;
import org.mcpagentic.edge.statistics.StatisticsFeed;
import org.mcpagentic.store.StatisticsReader;
import org.mcpagentic.store.StatisticsReader.Work;

/** The tenant's figures of tasks. */
@Path("/stats")
@Tag(name = "statistics")
public class StatsResource {

    private final StatisticsFeed feed;
    private final EventStreams streams;

    @Inject
    StatsResource(StatisticsReader reader, EventStreams streams) {
        this.feed = new StatisticsFeed(reader, Work.TASKS, StatisticsDocument::ofTasks);
        this.streams = streams;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "getStatistics",
            summary = "Returns the figures, or sends them on change where the client accepts text/event-stream")
    @APIResponse(
            responseCode = "200",
            description = "the figures; as a stream: event stats with the same document",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = StatisticsDocument.class)),
                @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(implementation = String.class))
            })
    public Uni<StatisticsDocument> now(@Context RoutingContext routing) {
        return feed.now(Caller.of(routing).tenant());
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS + ";qs=0.5")
    @Operation(hidden = true)
    public Uni<Void> follow(@Context RoutingContext routing) {
        return streams.send(routing, feed.follow(Caller.of(routing).tenant()));
    }
}
