package org.mcpagentic.dashboard.upstream;

import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.client.SseEvent;
import org.jspecify.annotations.Nullable;

/** What both services offer alike: their statistics, as {@code docs/reference/rest-api.md} has them. */
@Path("/stats")
public interface StatsClient {
    /**
     * Events {@code stats} with {@link ServiceStats} as JSON, at once and on every change; cancelling closes the
     * connection, and silence fails it. Text, because a client that reads JSON itself swallows what it cannot read.
     *
     * @param authorization of somebody who watches
     */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    Multi<SseEvent<String>> stats(@HeaderParam("Authorization") @Nullable String authorization);
}
