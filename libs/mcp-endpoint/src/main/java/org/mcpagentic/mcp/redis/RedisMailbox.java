package org.mcpagentic.mcp.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.session.Mailbox;
import org.mcpagentic.store.redis.Arguments;
import org.mcpagentic.store.redis.RedisBase;

/** Mail of clients in Redis, one script per operation. */
final class RedisMailbox implements Mailbox {

    /** For how long something lies there that is looked for several times a second. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RedisBase base;
    private final SealedMail seal;

    RedisMailbox(RedisBase base, SealedMail seal) {
        this.base = base;
        this.seal = seal;
    }

    @Override
    public Uni<Void> expect(Caller caller, String session, List<String> ids, Duration life) {
        Arguments arguments = Arguments.of(session).and(life.toMillis());
        ids.forEach(arguments::and);
        return run(caller, McpScript.MCP_MAIL_EXPECT, arguments).replaceWithVoid();
    }

    @Override
    public Uni<Boolean> deliver(Caller caller, String session, String id, Mail mail) {
        Arguments arguments = of(caller, session)
                .and(id)
                .and(seal.seal(
                        session, id, mail.result().map(ObjectNode::toString).orElse("null")))
                .and(KEPT.toMillis());
        return run(caller, McpScript.MCP_MAIL_DELIVER, arguments)
                .map(reply -> reply.get(0).toInteger() == 1);
    }

    @Override
    public Uni<Void> cancel(Caller caller, String session, String request) {
        Arguments arguments = of(caller, session).and(digest(request)).and(KEPT.toMillis());
        return run(caller, McpScript.MCP_MAIL_CANCEL, arguments).replaceWithVoid();
    }

    @Override
    public Uni<Delivery> collect(Caller caller, String session, List<String> requests, List<String> ids) {
        Map<String, String> digests = new HashMap<>();
        requests.forEach(request -> digests.put(digest(request), request));
        Arguments arguments = Arguments.of(session).and(digests.size());
        digests.keySet().forEach(arguments::and);
        ids.forEach(arguments::and);
        return run(caller, McpScript.MCP_MAIL_COLLECT, arguments).map(reply -> delivery(session, digests, reply));
    }

    private Uni<Response> run(Caller caller, McpScript script, Arguments arguments) {
        return base.scripts().run(base.shards().of(caller.tenant()), script, arguments.list());
    }

    private static Arguments of(Caller caller, String session) {
        return Arguments.of(session, caller.tenant().value(), caller.owner().value());
    }

    /** What was not sealed here for that session and request is no answer. */
    private Delivery delivery(String session, Map<String, String> digests, Response reply) {
        int answersFrom = 1 + reply.get(0).toInteger();
        Set<String> cancelled = new HashSet<>();
        for (int i = 1; i < answersFrom; i++) {
            Optional.ofNullable(digests.get(reply.get(i).toString())).ifPresent(cancelled::add);
        }
        Map<String, Mail> answers = new HashMap<>();
        for (int i = answersFrom; i + 1 < reply.size(); i += 2) {
            String id = reply.get(i).toString();
            seal.open(session, id, reply.get(i + 1).toString()).ifPresent(text -> answers.put(id, mail(text)));
        }
        return new Delivery(cancelled, answers);
    }

    private static Mail mail(String text) {
        try {
            JsonNode answer = JSON.readTree(text);
            return new Mail(answer instanceof ObjectNode object ? Optional.of(object) : Optional.empty());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was sealed here is JSON", e);
        }
    }

    private static String digest(String request) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256").digest(request.getBytes(StandardCharsets.UTF_8)),
                            0,
                            16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
