package org.mcpagentic.mcp.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.Cancellable;
import java.util.List;
import org.jboss.logging.Logger;
import org.mcpagentic.edge.sse.ServerSentEvent;

/**
 * Messages of several sources behind a first one, as events of a stream that stays open when its sources end. Where one fails the
 * stream ends, so that the client listens again: an open stream on which nothing comes any more would pass for silence.
 */
final class Feed {

    private static final Logger LOG = Logger.getLogger(Feed.class);

    /** Most messages that wait for a slow reader, who is dropped beyond. */
    private static final int MOST_WAITING = 1_024;

    private Feed() {}

    /** Notes that a source has failed. */
    static void lost(Throwable failure) {
        LOG.warnf(
                "a source of notifications failed reason=%s", failure.getClass().getName());
    }

    /** Why not concatenated: what happens while the first message is on its way must not be missed. */
    static Multi<ServerSentEvent> of(ObjectNode first, List<Multi<ObjectNode>> sources) {
        return Multi.createFrom()
                .emitter(
                        emitter -> {
                            emitter.emit(ServerSentEvent.passing("message", first));
                            List<Cancellable> open = sources.stream()
                                    .map(source -> source.subscribe()
                                            .with(
                                                    message ->
                                                            emitter.emit(ServerSentEvent.passing("message", message)),
                                                    failure -> {
                                                        lost(failure);
                                                        emitter.complete();
                                                    }))
                                    .toList();
                            emitter.onTermination(() -> open.forEach(Cancellable::cancel));
                        },
                        MOST_WAITING);
    }
}
