package org.mcpagentic.mcp.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.mcpagentic.mcp.ClientCapabilities;
import org.mcpagentic.mcp.ClientLog;
import org.mcpagentic.mcp.Exchange;
import org.mcpagentic.mcp.McpConfig;
import org.mcpagentic.mcp.McpError;
import org.mcpagentic.mcp.NeededInput;
import org.mcpagentic.mcp.dispatch.Answer;
import org.mcpagentic.mcp.dispatch.Call;
import org.mcpagentic.mcp.dispatch.Dispatcher;
import org.mcpagentic.mcp.dispatch.Era;
import org.mcpagentic.mcp.dispatch.Method;
import org.mcpagentic.mcp.dispatch.MissingCapability;
import org.mcpagentic.mcp.dispatch.Params;
import org.mcpagentic.mcp.seal.RequestStates;
import org.mcpagentic.mcp.wire.Results;

/**
 * Revision 2026-07-28: each request says all about itself, and any replica answers it.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/draft/basic/transports/streamable-http">Streamable HTTP</a>
 */
@ApplicationScoped
class ModernEra {

    static final String VERSION_KEY = "io.modelcontextprotocol/protocolVersion";

    private static final String CAPABILITIES_KEY = "io.modelcontextprotocol/clientCapabilities";
    private static final String LEVEL_KEY = "io.modelcontextprotocol/logLevel";
    private static final String SERVER_KEY = "io.modelcontextprotocol/serverInfo";

    private final Dispatcher dispatcher;
    private final Listener listener;
    private final ServerProfile profile;
    private final RequestStates states;
    private final Duration listTtl;

    ModernEra(Dispatcher dispatcher, Listener listener, ServerProfile profile, RequestStates states, McpConfig config) {
        this.dispatcher = dispatcher;
        this.listener = listener;
        this.profile = profile;
        this.states = states;
        this.listTtl = config.listTtl();
    }

    /** Answers a request. */
    void answer(Conversation talk, String methodName) {
        RequestHeaders headers = new RequestHeaders(talk.routing().request().headers());
        Method method;
        ClientCapabilities client;
        try {
            client = checked(headers, talk.params(), methodName);
            Optional<Method> known = Method.of(Era.MODERN, methodName).filter(dispatcher::serves);
            if (known.isEmpty()) {
                talk.refuse(Refusal.unknownMethod());
                return;
            }
            method = known.get();
            method.subject().ifPresent(subject -> headers.checkName(Params.text(talk.params(), subject)));
        } catch (McpError bad) {
            talk.refuse(Refusal.badRequest(bad));
            return;
        }
        switch (method) {
            case DISCOVER -> talk.succeed(EndpointMetrics.Outcome.RESULT, discovery());
            case LISTEN -> listener.listen(talk, client);
            case LIST_TOOLS,
                    CALL_TOOL,
                    LIST_PROMPTS,
                    GET_PROMPT,
                    LIST_RESOURCES,
                    LIST_TEMPLATES,
                    READ_RESOURCE,
                    COMPLETE,
                    GET_TASK,
                    UPDATE_TASK,
                    CANCEL_TASK -> dispatch(talk, method, client, headers);
            case INITIALIZE, PING, SET_LEVEL, SUBSCRIBE, UNSUBSCRIBE -> talk.refuse(Refusal.unknownMethod());
        }
    }

    /** Fails where a notification's headers and body disagree; there is none that this server waits for. */
    void check(RequestHeaders headers, String method) {
        String version =
                headers.version().orElseThrow(() -> RequestHeaders.mismatch(RequestHeaders.VERSION, "is missing"));
        refuseUnserved(version);
        headers.checkMethod(method);
    }

    private static ClientCapabilities checked(RequestHeaders headers, ObjectNode params, String method) {
        String version =
                headers.version().orElseThrow(() -> RequestHeaders.mismatch(RequestHeaders.VERSION, "is missing"));
        JsonNode meta = params.path("_meta");
        String said = meta.path(VERSION_KEY).textValue();
        if (said == null) {
            throw McpError.invalidParams("_meta must have " + VERSION_KEY);
        }
        if (!(meta.path(CAPABILITIES_KEY) instanceof ObjectNode capabilities)) {
            throw McpError.invalidParams("_meta must have the object " + CAPABILITIES_KEY);
        }
        if (!said.equals(version)) {
            throw RequestHeaders.mismatch(RequestHeaders.VERSION, "says something else than the body");
        }
        refuseUnserved(version);
        headers.checkMethod(method);
        return new ClientCapabilities(capabilities);
    }

    private static void refuseUnserved(String version) {
        if (!Revisions.MODERN.contains(version)) {
            ObjectNode data = object();
            ArrayNode supported = data.putArray("supported");
            Revisions.MODERN.forEach(supported::add);
            data.put("requested", version.length() <= 64 ? version : version.substring(0, 64));
            throw new McpError(
                    Refusal.UNSUPPORTED_VERSION, "this revision of the protocol is not served", Optional.of(data));
        }
    }

    private void dispatch(Conversation talk, Method method, ClientCapabilities client, RequestHeaders headers) {
        Call call;
        RequestStates.Origin origin;
        try {
            origin = origin(talk, method);
            call = call(talk, method, client, headers, origin);
        } catch (McpError bad) {
            talk.fail(bad);
            return;
        }
        Cancellable work =
                dispatcher.dispatch(call).subscribe().with(answer -> finish(talk, client, origin, answer), talk::fail);
        talk.reply().whenGone(() -> {
            work.cancel();
            talk.cancelled();
        });
    }

    private static RequestStates.Origin origin(Conversation talk, Method method) {
        String subject =
                method.subject().map(name -> Params.text(talk.params(), name)).orElse("");
        return new RequestStates.Origin(
                talk.caller(), method.wireName(), subject, Params.object(talk.params(), "arguments"));
    }

    private Call call(
            Conversation talk,
            Method method,
            ClientCapabilities client,
            RequestHeaders headers,
            RequestStates.Origin origin) {
        ObjectNode params = talk.params();
        Map<String, ObjectNode> inputs = method == Method.UPDATE_TASK ? Map.of() : Params.inputs(params);
        JsonNode carried = params.path("requestState");
        if (!carried.isMissingNode() && !carried.isTextual()) {
            throw McpError.invalidParams("requestState must be a string");
        }
        Optional<ObjectNode> state = Optional.ofNullable(carried.textValue()).map(text -> states.open(origin, text));
        JsonNode level = params.path("_meta").path(LEVEL_KEY);
        Optional<ClientLog.Level> least = level.isMissingNode() ? Optional.empty() : Optional.of(Sinks.level(level));
        Exchange exchange = new Exchange(
                talk.caller(),
                talk.id(),
                client,
                state,
                inputs,
                Sinks.progress(talk.reply(), params),
                Sinks.log(talk.reply(), least),
                Traceparent.of(params, talk.routing().request()),
                talk.reply().takesMessages());
        return new Call(method, params, exchange, headers::checkParameters);
    }

    private void finish(Conversation talk, ClientCapabilities client, RequestStates.Origin origin, Answer answer) {
        try {
            switch (answer) {
                case Answer.Result result -> talk.succeed(EndpointMetrics.Outcome.RESULT, complete(result.result()));
                case Answer.Listing listing ->
                    talk.succeed(
                            EndpointMetrics.Outcome.RESULT, cached(complete(listing.result()), listTtl, "private"));
                case Answer.Reading reading ->
                    talk.succeed(
                            EndpointMetrics.Outcome.RESULT,
                            cached(complete(reading.result()), Duration.ZERO, "private"));
                case Answer.InputRequired waiting -> {
                    MissingCapability.refuseUnlessAnswerable(waiting.needed(), client);
                    talk.succeed(EndpointMetrics.Outcome.INPUT_REQUIRED, question(origin, waiting.needed()));
                }
                case Answer.TaskStarted started ->
                    talk.succeed(EndpointMetrics.Outcome.TASK, typed(Results.begun(started.task()), "task"));
            }
        } catch (RuntimeException failure) {
            talk.fail(failure);
        }
    }

    private ObjectNode question(RequestStates.Origin origin, NeededInput needed) {
        ObjectNode result = object();
        if (!needed.requests().isEmpty()) {
            result.set("inputRequests", Results.inputRequests(needed.requests()));
        }
        needed.state().ifPresent(state -> result.put("requestState", states.close(origin, state)));
        return typed(result, "input_required");
    }

    private ObjectNode discovery() {
        ObjectNode result = object();
        ArrayNode versions = result.putArray("supportedVersions");
        Revisions.MODERN.forEach(versions::add);
        result.set("capabilities", profile.capabilities(Era.MODERN));
        if (!profile.instructions().isEmpty()) {
            result.put("instructions", profile.instructions());
        }
        ObjectNode discovery = complete(result);
        discovery.withObject("/_meta").set(SERVER_KEY, profile.info());
        return cached(discovery, listTtl, "public");
    }

    private ObjectNode complete(ObjectNode result) {
        return typed(result, Results.COMPLETE);
    }

    private ObjectNode typed(ObjectNode result, String type) {
        result.put("resultType", type);
        result.withObject("/_meta").set(SERVER_KEY, profile.name());
        return result;
    }

    private static ObjectNode cached(ObjectNode result, Duration life, String scope) {
        return result.put("ttlMs", life.toMillis()).put("cacheScope", scope);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
