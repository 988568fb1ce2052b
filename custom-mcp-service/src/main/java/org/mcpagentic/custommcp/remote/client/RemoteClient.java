package org.mcpagentic.custommcp.remote.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.StreamSupport;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.custommcp.remote.client.Channel.Reply;
import org.mcpagentic.custommcp.remote.client.RemoteException.Kind;
import org.mcpagentic.custommcp.tools.fetch.Deadline;

/**
 * Lists and calls one server's tools. The current revision is tried first, the one before where the server does not know it; which
 * one it speaks is remembered until the server no longer does. All methods wait, for virtual threads, which may be interrupted.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/draft/basic/versioning">Versioning and compatibility</a>
 */
public final class RemoteClient implements AutoCloseable {

    static final String MODERN = "2026-07-28";
    static final List<String> LEGACY = List.of("2025-11-25", "2025-06-18", "2025-03-26");

    /** Most tools that a server may list. */
    public static final int MOST_TOOLS = 128;

    private static final int MOST_PAGES = 16;
    private static final int MOST_CURSOR = 4_096;
    private static final int HEADER_MISMATCH = -32_020;
    private static final int MISSING_CAPABILITY = -32_021;
    private static final int UNSUPPORTED_VERSION = -32_022;
    private static final Duration PROBE_OF_PROCESS = Duration.ofSeconds(5);
    private static final String META = "io.modelcontextprotocol/";

    private final Channel channel;
    private final String version;
    private final AtomicLong ids = new AtomicLong();
    private final ReentrantLock finding = new ReentrantLock();
    private volatile Optional<Era> era = Optional.empty();

    /** What a server speaks. */
    private sealed interface Era {

        String version();

        /** Each request says all that is needed. */
        record Modern(String version) implements Era {}

        /** There was a greeting, which the session remembers. */
        record Legacy(String version, Optional<String> session) implements Era {}
    }

    /** @param version of ours, as servers are told */
    RemoteClient(Channel channel, String version) {
        this.channel = channel;
        this.version = version;
    }

    /** The revision that the server speaks; nothing before it was first asked. */
    public Optional<String> revision() {
        return era.map(Era::version);
    }

    /** All tools that the server lists, as it describes them. */
    public List<JsonNode> tools(Deadline deadline) throws RemoteException, InterruptedException {
        List<JsonNode> tools = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        for (int page = 0; page < MOST_PAGES; page++) {
            ObjectNode params = Message.object();
            cursor.ifPresent(next -> params.put("cursor", next));
            JsonNode result = ask("tools/list", params, Map.of(), true, deadline);
            result.path("tools").forEach(tools::add);
            if (tools.size() > MOST_TOOLS) {
                throw new RemoteException(Kind.UNUSABLE, "the server lists more than " + MOST_TOOLS + " tools");
            }
            JsonNode next = result.path("nextCursor");
            if (!next.isTextual()) {
                return tools;
            }
            if (next.textValue().length() > MOST_CURSOR) {
                break;
            }
            cursor = Optional.of(next.textValue());
        }
        throw new RemoteException(Kind.UNUSABLE, "the server's list of tools does not end");
    }

    /**
     * Calls a tool.
     *
     * @param schema of its arguments, which may want some of them in headers
     * @param effects what a call that is sent twice does
     */
    public CallResult call(String tool, ObjectNode arguments, JsonNode schema, SideEffects effects, Deadline deadline)
            throws RemoteException, InterruptedException {
        ObjectNode params = Message.object().put("name", tool);
        params.set("arguments", arguments);
        Map<String, String> headers = new HashMap<>(ParameterHeaders.of(schema, arguments));
        headers.put("Mcp-Name", ParameterHeaders.encoded(tool));
        JsonNode result = ask("tools/call", params, headers, effects != SideEffects.NON_IDEMPOTENT, deadline);
        String kind = result.path("resultType").asText("complete");
        return switch (kind) {
            case "complete" -> CallResult.of(result);
            case "input_required" ->
                new CallResult("the tool asks back for input, which cannot be given to it here", true);
            default ->
                throw new RemoteException(Kind.UNUSABLE, "the server answers in a way that it was not asked for");
        };
    }

    /**
     * @param headers that the current revision wants beside the usual ones
     * @param repeatable whether it may be sent again although the server may have done it
     */
    private JsonNode ask(
            String method, ObjectNode params, Map<String, String> headers, boolean repeatable, Deadline deadline)
            throws RemoteException, InterruptedException {
        for (int tries = 1; ; tries++) {
            Era spoken = spoken(deadline);
            long id = ids.incrementAndGet();
            Reply reply =
                    channel.ask(id, request(spoken, id, method, params), headers(spoken, method, headers), deadline);
            if (isOver(spoken, reply)) {
                forget(spoken);
                if (tries == 1 && (isRefusedUnread(spoken, reply) || (repeatable && !hasError(reply)))) {
                    continue;
                }
            }
            return result(reply);
        }
    }

    private ObjectNode request(Era spoken, long id, String method, ObjectNode params) {
        return switch (spoken) {
            case Era.Modern modern -> modern(id, method, params);
            case Era.Legacy legacy -> Message.request(id, method, params);
        };
    }

    private ObjectNode modern(long id, String method, ObjectNode params) {
        ObjectNode described = params.deepCopy();
        ObjectNode meta = described.putObject("_meta");
        meta.put(META + "protocolVersion", MODERN);
        meta.set(META + "clientInfo", clientInfo());
        meta.putObject(META + "clientCapabilities");
        return Message.request(id, method, described);
    }

    private ObjectNode clientInfo() {
        return Message.object().put("name", "mcp-agentic-ai-server").put("version", version);
    }

    private static Map<String, String> headers(Era spoken, String method, Map<String, String> wanted) {
        Map<String, String> headers = new HashMap<>();
        headers.put("MCP-Protocol-Version", spoken.version());
        switch (spoken) {
            case Era.Modern modern -> {
                headers.put("Mcp-Method", method);
                headers.putAll(wanted);
            }
            case Era.Legacy(String version, Optional<String> session) ->
                session.ifPresent(id -> headers.put("Mcp-Session-Id", id));
        }
        return headers;
    }

    /** Whether the server no longer speaks what it spoke, or has forgotten the session. */
    private static boolean isOver(Era spoken, Reply reply) {
        return switch (spoken) {
            case Era.Modern modern ->
                reply.errorCode() == UNSUPPORTED_VERSION
                        || (isRefusalByStatus(reply) && !isOfModern(reply.errorCode()));
            case Era.Legacy(String version, Optional<String> session) ->
                (reply.status() == 404 && session.isPresent())
                        || reply.errorCode() == UNSUPPORTED_VERSION
                        || reply.errorCode() == HEADER_MISMATCH;
        };
    }

    /** Whether a server that keeps to the protocol has said so before it did anything. */
    private static boolean isRefusedUnread(Era spoken, Reply reply) {
        return switch (spoken) {
            case Era.Modern modern -> reply.errorCode() == UNSUPPORTED_VERSION;
            // why all: a session that is not known, and headers of another revision, are found before the request is
            // read
            case Era.Legacy legacy -> true;
        };
    }

    private static boolean hasError(Reply reply) {
        return reply.message().map(message -> message.has("error")).orElse(false);
    }

    /** Whether a server of the current revision refuses a request so, be it by JSON-RPC's own codes. */
    private static boolean isOfModern(int code) {
        return (code >= UNSUPPORTED_VERSION && code <= HEADER_MISMATCH) || (code >= -32_603 && code <= -32_600);
    }

    private static boolean isRefusalByStatus(Reply reply) {
        return switch (reply.status()) {
            case 400, 404, 405, 406 -> true;
            default -> false;
        };
    }

    private void forget(Era spoken) throws InterruptedException {
        finding.lockInterruptibly();
        try {
            // why compared: somebody else may have found out anew meanwhile
            era = era.filter(known -> !known.equals(spoken));
        } finally {
            finding.unlock();
        }
    }

    private Era spoken(Deadline deadline) throws RemoteException, InterruptedException {
        Optional<Era> known = era;
        if (known.isPresent()) {
            return known.get();
        }
        finding.lockInterruptibly();
        try {
            if (era.isEmpty()) {
                era = Optional.of(found(deadline));
            }
            return era.orElseThrow();
        } finally {
            finding.unlock();
        }
    }

    private Era found(Deadline deadline) throws RemoteException, InterruptedException {
        Optional<Reply> reply = discovered(deadline);
        if (reply.isEmpty()) {
            return greeted(deadline);
        }
        Reply known = reply.get();
        if (known.isSuccess() && known.message().map(RemoteClient::knowsModern).orElse(false)) {
            return new Era.Modern(MODERN);
        }
        if (known.status() == 401 || known.status() == 403 || known.status() == 429 || known.status() >= 500) {
            throw failure(known);
        }
        return switch (known.errorCode()) {
            case HEADER_MISMATCH, MISSING_CAPABILITY -> throw failure(known);
            default -> greeted(deadline);
        };
    }

    /** What the server says to a question that only the current revision has; nothing where that is not understandable. */
    private Optional<Reply> discovered(Deadline deadline) throws RemoteException, InterruptedException {
        long id = ids.incrementAndGet();
        ObjectNode request = modern(id, "server/discover", Message.object());
        Map<String, String> headers = headers(new Era.Modern(MODERN), "server/discover", Map.of());
        try {
            return Optional.of(channel.ask(id, request, headers, channel.isHttp() ? deadline : probe(deadline)));
        } catch (RemoteException e) {
            // why: an old server may answer such a question in any way; a process may stay silent
            if (e.kind() == Kind.UNUSABLE || (!channel.isHttp() && e.kind() == Kind.UNREACHABLE)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Deadline probe(Deadline deadline) {
        return deadline.left().compareTo(PROBE_OF_PROCESS) < 0 ? deadline : Deadline.in(PROBE_OF_PROCESS);
    }

    private static boolean knowsModern(JsonNode message) {
        return StreamSupport.stream(
                        message.path("result").path("supportedVersions").spliterator(), false)
                .anyMatch(supported -> supported.asText().equals(MODERN));
    }

    /** The greeting of the revisions before. */
    private Era greeted(Deadline deadline) throws RemoteException, InterruptedException {
        ObjectNode params = Message.object().put("protocolVersion", LEGACY.getFirst());
        params.putObject("capabilities");
        params.set("clientInfo", clientInfo());
        long id = ids.incrementAndGet();
        Reply reply = channel.ask(id, Message.request(id, "initialize", params), Map.of(), deadline);
        String spoken = result(reply).path("protocolVersion").asText();
        if (!LEGACY.contains(spoken)) {
            throw new RemoteException(
                    Kind.REFUSED, "the server speaks no revision of the protocol that is spoken here");
        }
        Era legacy = new Era.Legacy(spoken, reply.session());
        channel.tell(Message.notification("notifications/initialized"), headers(legacy, "", Map.of()), deadline);
        return legacy;
    }

    private static JsonNode result(Reply reply) throws RemoteException {
        JsonNode result = reply.message().map(message -> message.path("result")).orElseGet(Message::object);
        if (!reply.isSuccess()
                || !reply.message().map(message -> message.has("result")).orElse(false)) {
            throw failure(reply);
        }
        if (!result.isObject()) {
            throw new RemoteException(Kind.UNUSABLE, "the server answers with something that is no result");
        }
        return result;
    }

    private static RemoteException failure(Reply reply) {
        int status = reply.status();
        if (status == 401 || status == 403) {
            return new RemoteException(
                    Kind.UNAUTHORIZED,
                    "the server does not let us in (status " + status + "); an administrator has to see to it");
        }
        if (status == 429 || status >= 500) {
            return new RemoteException(Kind.UNREACHABLE, "the server answers with status " + status);
        }
        String said = reply.message()
                .map(message ->
                        PlainText.of(message.path("error").path("message").asText(), 300))
                .orElse("");
        return new RemoteException(
                Kind.REFUSED,
                said.isBlank()
                        ? "the server refuses the request with status " + status
                        : "the server refuses: " + said);
    }

    @Override
    public void close() {
        channel.close();
    }
}
