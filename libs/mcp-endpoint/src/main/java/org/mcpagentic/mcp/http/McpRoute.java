package org.mcpagentic.mcp.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.edge.access.Challenges;
import org.mcpagentic.edge.problem.ProblemResponses;
import org.mcpagentic.edge.sse.EventStreams;
import org.mcpagentic.mcp.McpError;
import org.mcpagentic.mcp.RequestId;
import org.mcpagentic.mcp.dispatch.Era;
import org.mcpagentic.mcp.dispatch.Method;
import org.mcpagentic.mcp.registry.Registry;
import org.mcpagentic.mcp.session.ClientSession;
import org.mcpagentic.mcp.session.ClientSessions;
import org.mcpagentic.mcp.wire.Message;
import org.mcpagentic.mcp.wire.Reply;

/**
 * The address {@code /mcp}, behind the gate that has checked host, origin, media type, size and caller. POST is for both eras; GET and
 * DELETE are for those that have sessions.
 */
@ApplicationScoped
class McpRoute {

    private static final String PATH = "/mcp";

    /** What clients of the earlier revisions know as the end of their session. */
    private static final int SESSION_NOT_FOUND = -32001;

    private final ObjectMapper json;
    private final EventStreams streams;
    private final ProblemResponses problems;
    private final ModernEra modern;
    private final LegacyEra legacy;
    private final ClientSessions sessions;
    private final Inquiries inquiries;
    private final Registry registry;
    private final EndpointMetrics metrics;
    private final Challenges challenges;
    private final OpenStreams open;

    McpRoute(
            ObjectMapper json,
            EventStreams streams,
            ProblemResponses problems,
            ModernEra modern,
            LegacyEra legacy,
            ClientSessions sessions,
            Inquiries inquiries,
            Registry registry,
            EndpointMetrics metrics,
            Challenges challenges,
            OpenStreams open) {
        this.json = json;
        this.streams = streams;
        this.problems = problems;
        this.modern = modern;
        this.legacy = legacy;
        this.sessions = sessions;
        this.inquiries = inquiries;
        this.registry = registry;
        this.metrics = metrics;
        this.challenges = challenges;
        this.open = open;
    }

    void install(@Observes Router router) {
        router.post(PATH).handler(guarded(this::post));
        router.get(PATH).handler(guarded(this::get));
        router.delete(PATH).handler(guarded(this::delete));
    }

    private Handler<RoutingContext> guarded(Consumer<RoutingContext> handler) {
        return routing -> {
            try {
                handler.accept(routing);
            } catch (RuntimeException failure) {
                problems.send(routing, failure);
            }
        };
    }

    private void post(RoutingContext routing) {
        Optional<Accepted> accepted = Accepted.by(routing.request());
        if (accepted.isEmpty()) {
            routing.response().setStatusCode(406).end();
            return;
        }
        JsonNode body;
        try {
            body = read(routing);
        } catch (IOException e) {
            refuse(
                    routing,
                    Optional.empty(),
                    400,
                    new McpError(McpError.PARSE_ERROR, "the body is not JSON, or too deep", Optional.empty()));
            return;
        }
        Message message;
        try {
            message = Message.read(body);
        } catch (McpError bad) {
            refuse(routing, Message.id(body), 400, bad);
            return;
        }
        if (isModern(routing, message)) {
            postModern(routing, message, accepted.get());
        } else {
            postLegacy(routing, message, accepted.get());
        }
    }

    private JsonNode read(RoutingContext routing) throws IOException {
        Buffer body = routing.body().buffer();
        if (body == null) {
            return MissingNode.getInstance();
        }
        try {
            return json.readTree(body.getBytes());
        } catch (JsonProcessingException e) {
            throw new IOException("not JSON", e);
        }
    }

    /** Whether the message says its revision itself, or its header names none that has sessions. */
    private static boolean isModern(RoutingContext routing, Message message) {
        String version = routing.request().getHeader(RequestHeaders.VERSION);
        boolean named = version != null && !Revisions.isLegacy(version);
        return switch (message) {
            case Message.Request request -> named || says(request.params());
            case Message.Notification notification -> named || says(notification.params());
            case Message.Response response -> named;
        };
    }

    private static boolean says(ObjectNode params) {
        return params.path("_meta").has(ModernEra.VERSION_KEY);
    }

    private void postModern(RoutingContext routing, Message message, Accepted accepted) {
        switch (message) {
            case Message.Request request ->
                modern.answer(talk(routing, Era.MODERN, request, accepted), request.method());
            case Message.Notification notification -> {
                try {
                    modern.check(new RequestHeaders(routing.request().headers()), notification.method());
                    routing.response().setStatusCode(202).end();
                } catch (McpError bad) {
                    refuse(routing, Optional.empty(), 400, bad);
                }
            }
            case Message.Response response ->
                refuse(
                        routing,
                        Optional.empty(),
                        400,
                        new McpError(
                                McpError.INVALID_REQUEST,
                                "this revision has no responses of clients",
                                Optional.empty()));
        }
    }

    private void postLegacy(RoutingContext routing, Message message, Accepted accepted) {
        if (message instanceof Message.Request request
                && request.method().equals(Method.INITIALIZE.wireName())
                && routing.request().getHeader(LegacyEra.SESSION) == null) {
            legacy.initialize(talk(routing, Era.LEGACY, request, accepted));
            return;
        }
        Optional<RequestId> id =
                message instanceof Message.Request request ? Optional.of(request.id()) : Optional.empty();
        withSession(routing, id, session -> {
            switch (message) {
                case Message.Request request ->
                    legacy.answer(talk(routing, Era.LEGACY, request, accepted), session, request.method());
                case Message.Notification notification ->
                    acknowledge(routing, legacy.take(Caller.of(routing), session, notification));
                case Message.Response response ->
                    acknowledge(
                            routing,
                            inquiries
                                    .answered(Caller.of(routing), session, response)
                                    .replaceWithVoid());
            }
        });
    }

    private void get(RoutingContext routing) {
        String version = routing.request().getHeader(RequestHeaders.VERSION);
        if (version != null && !Revisions.isLegacy(version)) {
            routing.response()
                    .putHeader(HttpHeaders.ALLOW, "POST")
                    .setStatusCode(405)
                    .end();
            return;
        }
        if (Accepted.by(routing.request()).filter(Accepted::stream).isEmpty()) {
            routing.response().setStatusCode(406).end();
            return;
        }
        withSession(routing, Optional.empty(), session -> {
            if (!open.admit(routing)) {
                refuse(routing, Optional.empty(), 429, OpenStreams.tooMany());
                return;
            }
            SessionStream stream = new SessionStream(sessions, registry, Caller.of(routing), session);
            Cancellable writing =
                    streams.send(routing, stream.events()).subscribe().with(closed -> {}, failure -> {});
            routing.addEndHandler(over -> writing.cancel());
        });
    }

    private void delete(RoutingContext routing) {
        String id = routing.request().getHeader(LegacyEra.SESSION);
        if (id == null) {
            refuse(routing, Optional.empty(), 400, noSession());
            return;
        }
        sessions.end(Caller.of(routing), id)
                .subscribe()
                .with(
                        ended -> {
                            if (ended) {
                                routing.response().setStatusCode(204).end();
                            } else {
                                refuse(routing, Optional.empty(), 404, unknownSession());
                            }
                        },
                        failure -> problems.send(routing, failure));
    }

    private void withSession(RoutingContext routing, Optional<RequestId> id, Consumer<ClientSession> work) {
        String session = routing.request().getHeader(LegacyEra.SESSION);
        if (session == null) {
            refuse(routing, id, 400, noSession());
            return;
        }
        sessions.use(Caller.of(routing), session)
                .subscribe()
                .with(
                        found -> found.ifPresentOrElse(
                                known -> {
                                    if (isOf(routing, known)) {
                                        work.accept(known);
                                    } else {
                                        refuse(routing, id, 400, otherRevision());
                                    }
                                },
                                () -> refuse(routing, id, 404, unknownSession())),
                        failure -> problems.send(routing, failure));
    }

    /** Whether a request that names a revision names its session's. */
    private static boolean isOf(RoutingContext routing, ClientSession session) {
        return routing.request().headers().getAll(RequestHeaders.VERSION).stream()
                .allMatch(session.version()::equals);
    }

    private void acknowledge(RoutingContext routing, Uni<Void> taken) {
        taken.subscribe()
                .with(done -> routing.response().setStatusCode(202).end(), failure -> problems.send(routing, failure));
    }

    private Conversation talk(RoutingContext routing, Era era, Message.Request request, Accepted accepted) {
        return new Conversation(routing, era, metrics, challenges, request, new HttpReply(routing, streams, accepted));
    }

    private static void refuse(RoutingContext routing, Optional<RequestId> id, int status, McpError error) {
        routing.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(Reply.error(id, error).toString());
    }

    private static McpError noSession() {
        return new McpError(
                McpError.INVALID_REQUEST,
                "the header " + LegacyEra.SESSION + " is missing: begin with initialize",
                Optional.empty());
    }

    private static McpError otherRevision() {
        return new McpError(
                McpError.INVALID_REQUEST,
                "the header " + RequestHeaders.VERSION + " names another revision than the session has",
                Optional.empty());
    }

    private static McpError unknownSession() {
        return new McpError(SESSION_NOT_FOUND, "there is no such session: begin with initialize", Optional.empty());
    }
}
