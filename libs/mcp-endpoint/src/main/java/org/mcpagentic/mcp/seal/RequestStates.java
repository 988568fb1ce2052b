package org.mcpagentic.mcp.seal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.mcpagentic.access.AccessSecret;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.McpConfig;
import org.mcpagentic.mcp.McpError;

/**
 * What handlers want to have back, as clients carry it between two requests: signed, bound to who asked for what, and only for a
 * while. It may come back more than once.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/draft/basic/patterns/mrtr">Multi round-trip requests</a>
 */
@ApplicationScoped
public class RequestStates {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Seal seal;
    private final Duration expiry;
    private final InstantSource clock;

    @Inject
    RequestStates(AccessSecret secret, McpConfig config) {
        this(secret, config.requestStateExpiry(), InstantSource.system());
    }

    RequestStates(AccessSecret secret, Duration expiry, InstantSource clock) {
        this.seal = new Seal(secret.key("mcp-request-state"));
        this.expiry = expiry;
        this.clock = clock;
    }

    /**
     * What a state is good for.
     *
     * @param name of the tool or prompt, or the resource's address
     * @param arguments the order of their names does not matter
     */
    public record Origin(Caller caller, String method, String name, JsonNode arguments) {

        private String binding() {
            return String.join(
                    "\n",
                    caller.tenant().toString(),
                    caller.owner().toString(),
                    method,
                    digest(name),
                    digest(ordered(arguments)));
        }
    }

    /** The state for the client to carry. */
    public String close(Origin origin, ObjectNode state) {
        ObjectNode payload = JSON.createObjectNode()
                .put("until", clock.instant().plus(expiry).toEpochMilli());
        payload.set("state", state);
        return seal.close(origin.binding(), payload.toString());
    }

    /**
     * The state that a client brings back.
     *
     * @throws McpError {@code -32602} where it was changed, is too old, or belongs to another caller or request
     */
    public ObjectNode open(Origin origin, String carried) {
        String text = seal.open(origin.binding(), carried)
                .orElseThrow(() -> McpError.invalidParams("requestState is none that this request was given"));
        try {
            JsonNode payload = JSON.readTree(text);
            if (!clock.instant()
                    .isBefore(Instant.ofEpochMilli(payload.path("until").asLong()))) {
                throw McpError.invalidParams("requestState is too old: begin again without it");
            }
            return (ObjectNode) payload.path("state");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was signed here is JSON", e);
        }
    }

    private static String ordered(JsonNode node) {
        StringBuilder text = new StringBuilder();
        write(node, text);
        return text.toString();
    }

    private static void write(JsonNode node, StringBuilder text) {
        if (node.isObject()) {
            text.append('{');
            Map<String, JsonNode> byName = new TreeMap<>();
            node.properties().forEach(property -> byName.put(property.getKey(), property.getValue()));
            byName.forEach((name, value) -> {
                text.append(JSON.getNodeFactory().textNode(name)).append(':');
                write(value, text);
                text.append(',');
            });
            text.append('}');
        } else if (node.isArray()) {
            text.append('[');
            node.forEach(value -> {
                write(value, text);
                text.append(',');
            });
            text.append(']');
        } else {
            text.append(node);
        }
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
