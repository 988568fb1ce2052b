package org.mcpagentic.mcp.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.edge.sse.ServerSentEvent;
import org.mcpagentic.mcp.registry.Registry;
import org.mcpagentic.mcp.session.ClientSession;
import org.mcpagentic.mcp.session.ClientSessions;
import org.mcpagentic.mcp.wire.Reply;
import org.mcpagentic.store.redis.Shards;

/**
 * What a session hears that belongs to no request: changes of lists and of the resources that it watches. Whether the session still
 * goes on, and what it watches, is looked up every other second, since other replicas may be told. Where a source of messages fails
 * the stream ends, so that the client opens another.
 */
final class SessionStream {

    private static final Duration LOOK = Duration.ofSeconds(2);

    /** Most messages that wait for a slow reader, who is dropped beyond. */
    private static final int MOST_WAITING = 1_024;

    private final ClientSessions sessions;
    private final Registry registry;
    private final Caller caller;
    private final ClientSession session;
    private final String id = Shards.random();
    private final Map<String, Cancellable> watched = new HashMap<>();
    private boolean over;

    SessionStream(ClientSessions sessions, Registry registry, Caller caller, ClientSession session) {
        this.sessions = sessions;
        this.registry = registry;
        this.caller = caller;
        this.session = session;
    }

    /** Its events; they end with the session, or where the client opens another stream. */
    Multi<ServerSentEvent> events() {
        return sessions.setStream(caller, session.id(), id)
                .onItem()
                .transformToMulti(set -> Multi.createFrom().<ServerSentEvent>emitter(this::open, MOST_WAITING));
    }

    private void open(MultiEmitter<? super ServerSentEvent> emitter) {
        List<Cancellable> lasting = new ArrayList<>();
        lasting.add(said(
                emitter,
                registry.toolChanges(caller)
                        .map(change -> Reply.notification("notifications/tools/list_changed", object()))));
        lasting.add(said(
                emitter,
                registry.promptChanges(caller)
                        .map(change -> Reply.notification("notifications/prompts/list_changed", object()))));
        lasting.add(said(
                emitter,
                registry.resourceChanges(caller)
                        .map(change -> Reply.notification("notifications/resources/list_changed", object()))));
        lasting.add(Multi.createFrom()
                .ticks()
                .every(LOOK)
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(tick -> sessions.use(caller, session.id())
                        .map(Known::of)
                        // why: an outage of the store ends no session
                        .onFailure()
                        .recoverWithItem(Known.NOTHING))
                .subscribe()
                .with(known -> look(known, emitter)));
        emitter.onTermination(() -> {
            lasting.forEach(Cancellable::cancel);
            close();
        });
    }

    private void look(Known known, MultiEmitter<? super ServerSentEvent> emitter) {
        if (!known.asked()) {
            return;
        }
        Optional<ClientSession> now =
                known.session().filter(found -> found.stream().equals(id));
        if (now.isEmpty()) {
            emitter.complete();
        } else {
            watch(now.get().watched(), emitter);
        }
    }

    private synchronized void watch(List<String> uris, MultiEmitter<? super ServerSentEvent> emitter) {
        if (over) {
            return;
        }
        watched.entrySet().removeIf(entry -> {
            boolean gone = !uris.contains(entry.getKey());
            if (gone) {
                entry.getValue().cancel();
            }
            return gone;
        });
        for (String uri : uris) {
            if (!over && !watched.containsKey(uri)) {
                Cancellable telling = said(
                        emitter,
                        registry.updates(caller, uri)
                                .map(update -> Reply.notification(
                                        "notifications/resources/updated", object().put("uri", update.uri()))));
                // why after all: a source that fails at once has ended the stream by now
                if (over) {
                    telling.cancel();
                } else {
                    watched.put(uri, telling);
                }
            }
        }
    }

    private synchronized void close() {
        over = true;
        watched.values().forEach(Cancellable::cancel);
        watched.clear();
    }

    private static Cancellable said(MultiEmitter<? super ServerSentEvent> emitter, Multi<ObjectNode> messages) {
        return messages.subscribe()
                .with(message -> emitter.emit(ServerSentEvent.passing("message", message)), failure -> {
                    Feed.lost(failure);
                    emitter.complete();
                });
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * What is known of the session.
     *
     * @param asked whether the store could be asked
     */
    private record Known(boolean asked, Optional<ClientSession> session) {

        static final Known NOTHING = new Known(false, Optional.empty());

        static Known of(Optional<ClientSession> session) {
            return new Known(true, session);
        }
    }
}
