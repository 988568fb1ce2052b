package org.mcpagentic.mcp.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.ClientCapabilities;
import org.mcpagentic.mcp.ClientLog;
import org.mcpagentic.mcp.Exchange;
import org.mcpagentic.mcp.McpError;
import org.mcpagentic.mcp.NeededInput;
import org.mcpagentic.mcp.dispatch.Answer;
import org.mcpagentic.mcp.dispatch.Call;
import org.mcpagentic.mcp.dispatch.Dispatcher;
import org.mcpagentic.mcp.dispatch.Era;
import org.mcpagentic.mcp.dispatch.Method;
import org.mcpagentic.mcp.dispatch.MissingCapability;
import org.mcpagentic.mcp.dispatch.Params;
import org.mcpagentic.mcp.resource.ResourceRequest;
import org.mcpagentic.mcp.session.ClientSession;
import org.mcpagentic.mcp.session.ClientSessions;
import org.mcpagentic.mcp.wire.Message;

/**
 * The revisions before 2026-07-28: clients begin a session, and are asked on the streams of their own requests.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports">Transports of 2025-11-25</a>
 */
@ApplicationScoped
class LegacyEra {

    static final String SESSION = "Mcp-Session-Id";

    /** Largest declaration of capabilities as JSON, in characters. */
    private static final int MAX_CAPABILITIES = 16_384;

    /** How often a handler may ask on; one that never has enough is no use. */
    private static final int MOST_ROUNDS = 64;

    private final Dispatcher dispatcher;
    private final ClientSessions sessions;
    private final Inquiries inquiries;
    private final ServerProfile profile;

    LegacyEra(Dispatcher dispatcher, ClientSessions sessions, Inquiries inquiries, ServerProfile profile) {
        this.dispatcher = dispatcher;
        this.sessions = sessions;
        this.inquiries = inquiries;
        this.profile = profile;
    }

    /** Begins a session. */
    void initialize(Conversation talk) {
        ClientCapabilities client;
        String version;
        try {
            version = Revisions.agreed(Params.text(talk.params(), "protocolVersion"));
            ObjectNode declared = Params.object(talk.params(), "capabilities");
            if (declared.toString().length() > MAX_CAPABILITIES) {
                throw McpError.invalidParams("capabilities has more than " + MAX_CAPABILITIES + " characters");
            }
            // why: extensions belong to the revision after these, and are not served to them, whatever a client
            // declares
            declared.remove("extensions");
            client = new ClientCapabilities(declared);
        } catch (McpError bad) {
            talk.fail(bad);
            return;
        }
        sessions.begin(talk.caller(), version, client)
                .subscribe()
                .with(
                        session -> {
                            talk.routing().response().putHeader(SESSION, session.id());
                            talk.succeed(EndpointMetrics.Outcome.RESULT, greeting(version));
                        },
                        talk::fail);
    }

    private ObjectNode greeting(String version) {
        ObjectNode result = object().put("protocolVersion", version);
        result.set("capabilities", profile.capabilities(Era.LEGACY));
        result.set("serverInfo", profile.info());
        if (!profile.instructions().isEmpty()) {
            result.put("instructions", profile.instructions());
        }
        return result;
    }

    /** Answers a request of a session. */
    void answer(Conversation talk, ClientSession session, String methodName) {
        Optional<Method> known = Method.of(Era.LEGACY, methodName).filter(dispatcher::serves);
        if (known.isEmpty()) {
            talk.fail(new McpError(McpError.METHOD_NOT_FOUND, "there is no such method", Optional.empty()));
            return;
        }
        Method method = known.get();
        switch (method) {
            case INITIALIZE ->
                talk.fail(new McpError(McpError.INVALID_REQUEST, "the session has begun already", Optional.empty()));
            case PING -> talk.succeed(EndpointMetrics.Outcome.RESULT, object());
            case SET_LEVEL ->
                acknowledge(
                        talk,
                        () -> sessions.setLevel(
                                talk.caller(),
                                session.id(),
                                Sinks.level(talk.params().path("level"))));
            case SUBSCRIBE ->
                acknowledge(
                        talk,
                        () -> sessions.watch(talk.caller(), session.id(), uri(talk))
                                .invoke(there -> {
                                    if (!there) {
                                        throw McpError.invalidParams("a session watches at most "
                                                + ClientSessions.MOST_WATCHED + " resources");
                                    }
                                })
                                .replaceWithVoid());
            case UNSUBSCRIBE -> acknowledge(talk, () -> sessions.unwatch(talk.caller(), session.id(), uri(talk)));
            case LIST_TOOLS,
                    CALL_TOOL,
                    LIST_PROMPTS,
                    GET_PROMPT,
                    LIST_RESOURCES,
                    LIST_TEMPLATES,
                    READ_RESOURCE,
                    COMPLETE -> dispatch(talk, session, method);
            case DISCOVER, LISTEN, GET_TASK, UPDATE_TASK, CANCEL_TASK ->
                throw new IllegalStateException("not a method of this era: " + method);
        }
    }

    /** Takes a notification of a session; of those that mean nothing here nothing is said. */
    Uni<Void> take(Caller caller, ClientSession session, Message.Notification notification) {
        if (!notification.method().equals("notifications/cancelled")) {
            return Uni.createFrom().voidItem();
        }
        JsonNode asResponse = object().set("id", notification.params().path("requestId"));
        return Message.id(asResponse)
                .map(id -> inquiries.cancel(caller, session, id))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private static String uri(Conversation talk) {
        String uri = Params.text(talk.params(), "uri");
        if (uri.length() > ResourceRequest.MAX_URI) {
            throw McpError.invalidParams("uri has more than " + ResourceRequest.MAX_URI + " characters");
        }
        return uri;
    }

    private static void acknowledge(Conversation talk, Supplier<Uni<Void>> change) {
        Uni.createFrom()
                .deferred(change::get)
                .subscribe()
                .with(done -> talk.succeed(EndpointMetrics.Outcome.RESULT, object()), talk::fail);
    }

    private void dispatch(Conversation talk, ClientSession session, Method method) {
        Exchange exchange = new Exchange(
                talk.caller(),
                talk.id(),
                session.client(),
                Optional.empty(),
                Map.of(),
                Sinks.progress(talk.reply(), talk.params()),
                Sinks.log(talk.reply(), Optional.of(session.level().orElse(ClientLog.Level.INFO))),
                Traceparent.of(talk.params(), talk.routing().request()),
                talk.reply().takesMessages());
        Call call = new Call(method, talk.params(), exchange, (tool, arguments) -> {});
        AtomicReference<Cancellable> work = new AtomicReference<>();
        Optional<Inquiries.UnderWay> underWay = inquiries.begin(talk, session, () -> {
            Cancellable running = work.get();
            if (running != null) {
                running.cancel();
            }
        });
        if (underWay.isEmpty()) {
            talk.fail(new McpError(
                    McpError.INVALID_REQUEST,
                    "too many requests are under way: wait for one to end, or cancel one",
                    Optional.empty()));
            return;
        }
        // why it goes on when the client goes away: in these revisions a lost connection cancels nothing
        work.set(answered(talk, session, call, 0)
                .onCancellation()
                .invoke(() -> {
                    talk.cancelled();
                    talk.reply().end(202);
                })
                .onTermination()
                .invoke(underWay.get()::over)
                .subscribe()
                .with(result -> talk.succeed(EndpointMetrics.Outcome.RESULT, result), talk::fail));
    }

    private Uni<ObjectNode> answered(Conversation talk, ClientSession session, Call call, int round) {
        return dispatcher.dispatch(call).chain(answer -> switch (answer) {
            case Answer.Result result -> Uni.createFrom().item(result.result());
            case Answer.Listing listing -> Uni.createFrom().item(listing.result());
            case Answer.Reading reading -> Uni.createFrom().item(reading.result());
            case Answer.InputRequired waiting -> asked(talk, session, call, waiting.needed(), round);
            case Answer.TaskStarted started ->
                throw new IllegalStateException("clients of this era take no tasks, and are given none");
        });
    }

    private Uni<ObjectNode> asked(Conversation talk, ClientSession session, Call call, NeededInput needed, int round) {
        if (round >= MOST_ROUNDS) {
            throw new McpError(
                    McpError.INTERNAL, "the call asked more than " + MOST_ROUNDS + " times", Optional.empty());
        }
        MissingCapability.refuseUnlessAnswerable(needed, session.client());
        if (!needed.requests().isEmpty() && !talk.reply().takesMessages()) {
            throw McpError.invalidParams("the client must accept text/event-stream to be asked what the call needs");
        }
        Uni<Map<String, ObjectNode>> inputs = needed.requests().isEmpty()
                ? Uni.createFrom().item(Map.of())
                : inquiries.ask(talk, session, needed.requests());
        return inputs.emitOn(talk.reply().loop())
                .chain(given -> answered(talk, session, call.again(needed.state(), given), round + 1));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
