package org.mcpagentic.access.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.mcpagentic.access.Limits;
import org.mcpagentic.access.Rights;
import org.mcpagentic.access.credential.ApiKey;
import org.mcpagentic.access.credential.KeyId;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.TenantId;
import org.mcpagentic.store.redis.Replies;

/** A key's hash in Redis, as {@link AccessKey#API_KEY} says. */
record StoredKey(KeyId id, Map<String, String> fields) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The key without its hashes. */
    ApiKey key() {
        return new ApiKey(
                id,
                tenant(),
                field("name"),
                rights(),
                limits(),
                Replies.instant(field("created")),
                new OwnerId(field("by")),
                expires(),
                time("revoked"),
                time("used"),
                previousUntil());
    }

    TenantId tenant() {
        return new TenantId(field("tenant"));
    }

    Rights rights() {
        return Rights.parse(field("scopes"));
    }

    Limits limits() {
        return limits(field("limits"));
    }

    Optional<Instant> expires() {
        return time("expires");
    }

    /** Whether it is neither revoked nor expired. */
    boolean isValid(Instant now) {
        return time("revoked").isEmpty() && expires().map(now::isBefore).orElse(true);
    }

    /** In hexadecimal. */
    String hash() {
        return field("hash");
    }

    /** The hash of the secret before the last rotation, while it is valid; in hexadecimal. */
    Optional<String> previousHash(Instant now) {
        return previousUntil().filter(now::isBefore).map(end -> field("old"));
    }

    Optional<Instant> previousUntil() {
        return time("old_until");
    }

    static String json(Limits limits) {
        ObjectNode node = JSON.createObjectNode();
        limits.requestsPerMinute().ifPresent(most -> node.put("requests_per_minute", most));
        limits.concurrentTasks().ifPresent(most -> node.put("concurrent_tasks", most));
        limits.concurrentQuestions().ifPresent(most -> node.put("concurrent_questions", most));
        limits.tokensPerDay().ifPresent(most -> node.put("tokens_per_day", most));
        limits.costMicrosPerDay().ifPresent(most -> node.put("cost_micros_per_day", most));
        return node.toString();
    }

    static Limits limits(String json) {
        try {
            JsonNode node = JSON.readTree(json);
            return new Limits(
                    number(node, "requests_per_minute"),
                    number(node, "concurrent_tasks"),
                    number(node, "concurrent_questions"),
                    count(node, "tokens_per_day"),
                    count(node, "cost_micros_per_day"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a key's limits in Redis are not JSON", e);
        }
    }

    private static OptionalInt number(JsonNode node, String name) {
        return node.has(name) ? OptionalInt.of(node.get(name).asInt()) : OptionalInt.empty();
    }

    private static OptionalLong count(JsonNode node, String name) {
        return node.has(name) ? OptionalLong.of(node.get(name).asLong()) : OptionalLong.empty();
    }

    private Optional<Instant> time(String name) {
        return Optional.ofNullable(fields.get(name))
                .filter(micros -> !micros.equals("0"))
                .map(Replies::instant);
    }

    private String field(String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalStateException("a key in Redis has no field " + name);
        }
        return value;
    }

    /** Without the hashes. */
    @Override
    public String toString() {
        return "StoredKey[" + id + "]";
    }
}
