package org.mcpagentic.dashboard.live;

import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.mcpagentic.dashboard.Routes;

/** The page's live statistics. */
@Path("/")
public class LiveResource {
    private static final Duration BETWEEN_COMMENTS = Duration.ofSeconds(15);

    private final LiveStats stats;

    LiveResource(LiveStats stats) {
        this.stats = stats;
    }

    /** Event {@code stats} with a {@link ServiceReport} per service, at once and on every change; a comment every 15 s. */
    @GET
    @Path(Routes.STATS)
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @ResponseHeader(name = HttpHeaders.CACHE_CONTROL, value = "no-store")
    @ResponseHeader(name = "X-Accel-Buffering", value = "no")
    public Multi<OutboundSseEvent> stats(@Context Sse sse) {
        Multi<OutboundSseEvent> comments = Multi.createFrom()
                .ticks()
                .every(BETWEEN_COMMENTS)
                .onOverflow()
                .drop()
                .map(tick -> sse.newEventBuilder().comment("").build());
        return Multi.createBy()
                .merging()
                .withRequests(1)
                .streams(stats.reports().map(report -> event(sse, report)), comments);
    }

    private static OutboundSseEvent event(Sse sse, ServiceReport report) {
        return sse.newEventBuilder()
                .name("stats")
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(ServiceReport.class, report)
                .build();
    }
}
