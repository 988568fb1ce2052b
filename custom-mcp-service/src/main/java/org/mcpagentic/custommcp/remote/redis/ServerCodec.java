package org.mcpagentic.custommcp.remote.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.custommcp.remote.registry.Audience;
import org.mcpagentic.custommcp.remote.registry.Location;
import org.mcpagentic.custommcp.remote.registry.ServerId;
import org.mcpagentic.custommcp.remote.registry.ServerSpec;

/** Added servers as Redis has them. They are on public networks, unless the configuration of the replica that reads them says otherwise. */
final class ServerCodec {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SealedToken tokens;

    ServerCodec(SealedToken tokens) {
        this.tokens = tokens;
    }

    /** @throws IllegalArgumentException where it is a program: those are configured only */
    String encode(ServerSpec server) {
        ObjectNode json = JSON.createObjectNode();
        json.put(
                "url",
                switch (server.location()) {
                    case Location.Http(String url, boolean inside) -> url;
                    case Location.Program program -> throw new IllegalArgumentException("a program cannot be added");
                });
        server.token().ifPresent(token -> json.put("token", tokens.seal(server.id(), token)));
        array(json, "tenants", server.audience().names());
        json.put("timeout_millis", server.timeout().toMillis());
        server.tools().ifPresent(tools -> array(json, "tools", new TreeSet<>(tools)));
        ObjectNode effects = json.putObject("side_effects");
        server.sideEffects().forEach((tool, effect) -> effects.put(tool, effect.name()));
        json.put("trust_first", server.trustFirst());
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can be written", e);
        }
    }

    private static void array(ObjectNode json, String name, Collection<String> values) {
        ArrayNode array = json.putArray(name);
        values.forEach(array::add);
    }

    ServerSpec decode(String id, String text) {
        ServerId server = ServerId.of(id);
        JsonNode json = read(text);
        Map<String, SideEffects> effects = new HashMap<>();
        json.path("side_effects")
                .properties()
                .forEach(effect -> effects.put(
                        effect.getKey(), SideEffects.valueOf(effect.getValue().asText())));
        return new ServerSpec(
                server,
                new Location.Http(json.path("url").asText(), false),
                Optional.ofNullable(json.get("token")).flatMap(kept -> tokens.open(server, kept.asText())),
                new Audience(texts(json.path("tenants"))),
                Duration.ofMillis(json.path("timeout_millis").asLong()),
                Optional.ofNullable(json.get("tools")).map(tools -> (Set<String>) texts(tools)),
                effects,
                json.path("trust_first").asBoolean());
    }

    private static SortedSet<String> texts(JsonNode array) {
        SortedSet<String> texts = new TreeSet<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an added server cannot be read", e);
        }
    }
}
