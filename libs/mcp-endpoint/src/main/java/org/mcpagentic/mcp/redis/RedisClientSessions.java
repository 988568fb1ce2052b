package org.mcpagentic.mcp.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.ClientCapabilities;
import org.mcpagentic.mcp.ClientLog;
import org.mcpagentic.mcp.session.ClientSession;
import org.mcpagentic.mcp.session.ClientSessions;
import org.mcpagentic.store.redis.Arguments;
import org.mcpagentic.store.redis.RedisBase;

/** Clients' sessions in Redis, one script per operation. */
final class RedisClientSessions implements ClientSessions {

    private static final int ID_BYTES = 32;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RedisBase base;
    private final Duration expiry;
    private final int most;

    RedisClientSessions(RedisBase base, Duration expiry, int most) {
        this.base = base;
        this.expiry = expiry;
        this.most = most;
    }

    @Override
    public Uni<ClientSession> begin(Caller caller, String version, ClientCapabilities client) {
        ClientSession session = new ClientSession(newId(), version, client, Optional.empty(), "", List.of());
        Arguments arguments = of(caller, session.id())
                .and(version)
                .and(client.declared().toString())
                .and(expiry.toMillis())
                .and(most);
        return run(caller, McpScript.MCP_SESSION_BEGIN, arguments).replaceWith(session);
    }

    @Override
    public Uni<Optional<ClientSession>> use(Caller caller, String id) {
        if (!ID.matcher(id).matches()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return run(caller, McpScript.MCP_SESSION_USE, of(caller, id).and(expiry.toMillis()))
                .map(reply -> session(id, reply));
    }

    @Override
    public Uni<Void> setLevel(Caller caller, String id, ClientLog.Level level) {
        return set(caller, id, "level", level.name()).replaceWithVoid();
    }

    @Override
    public Uni<Void> setStream(Caller caller, String id, String stream) {
        return set(caller, id, "stream", stream).replaceWithVoid();
    }

    @Override
    public Uni<Boolean> watch(Caller caller, String id, String uri) {
        return set(caller, id, "watch", uri);
    }

    @Override
    public Uni<Void> unwatch(Caller caller, String id, String uri) {
        return set(caller, id, "unwatch", uri).replaceWithVoid();
    }

    @Override
    public Uni<Boolean> end(Caller caller, String id) {
        if (!ID.matcher(id).matches()) {
            return Uni.createFrom().item(false);
        }
        return run(caller, McpScript.MCP_SESSION_END, of(caller, id)).map(RedisClientSessions::isYes);
    }

    private Uni<Boolean> set(Caller caller, String id, String what, String value) {
        Arguments arguments =
                of(caller, id).and(what).and(value).and(expiry.toMillis()).and(MOST_WATCHED);
        return run(caller, McpScript.MCP_SESSION_SET, arguments).map(RedisClientSessions::isYes);
    }

    private Uni<Response> run(Caller caller, McpScript script, Arguments arguments) {
        return base.scripts().run(base.shards().of(caller.tenant()), script, arguments.list());
    }

    private static Arguments of(Caller caller, String id) {
        return Arguments.of(id, caller.tenant().value(), caller.owner().value());
    }

    private static boolean isYes(Response reply) {
        return reply.get(0).toInteger() == 1;
    }

    private static Optional<ClientSession> session(String id, Response reply) {
        if (reply.size() == 0) {
            return Optional.empty();
        }
        String level = reply.get(2).toString();
        List<String> watched = new ArrayList<>();
        for (int i = 4; i < reply.size(); i++) {
            watched.add(reply.get(i).toString());
        }
        watched.sort(null);
        return Optional.of(new ClientSession(
                id,
                reply.get(0).toString(),
                new ClientCapabilities(json(reply.get(1).toString())),
                level.isEmpty() ? Optional.empty() : Optional.of(ClientLog.Level.valueOf(level)),
                reply.get(3).toString(),
                watched));
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was written here is JSON", e);
        }
    }

    private static String newId() {
        byte[] bytes = new byte[ID_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
