package org.mcpagentic.access.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.mcpagentic.access.Limits;

/** Limits as JSON, as records in Redis have them. */
final class SessionLimits {

    private static final ObjectMapper JSON = new ObjectMapper();

    private SessionLimits() {}

    static String write(Limits limits) {
        ObjectNode json = JSON.createObjectNode();
        limits.requestsPerMinute().ifPresent(most -> json.put("requests_per_minute", most));
        limits.concurrentTasks().ifPresent(most -> json.put("concurrent_tasks", most));
        limits.concurrentQuestions().ifPresent(most -> json.put("concurrent_questions", most));
        limits.tokensPerDay().ifPresent(most -> json.put("tokens_per_day", most));
        limits.costMicrosPerDay().ifPresent(most -> json.put("cost_micros_per_day", most));
        return json.toString();
    }

    static Limits read(String text) {
        try {
            JsonNode json = text.isEmpty() ? JSON.createObjectNode() : JSON.readTree(text);
            return new Limits(
                    number(json, "requests_per_minute"),
                    number(json, "concurrent_tasks"),
                    number(json, "concurrent_questions"),
                    count(json, "tokens_per_day"),
                    count(json, "cost_micros_per_day"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record's limits cannot be read", e);
        }
    }

    private static OptionalInt number(JsonNode json, String name) {
        return json.has(name) ? OptionalInt.of(json.get(name).asInt()) : OptionalInt.empty();
    }

    private static OptionalLong count(JsonNode json, String name) {
        return json.has(name) ? OptionalLong.of(json.get(name).asLong()) : OptionalLong.empty();
    }
}
