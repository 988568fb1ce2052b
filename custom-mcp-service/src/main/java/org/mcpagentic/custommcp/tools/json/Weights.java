package org.mcpagentic.custommcp.tools.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * How large values are: about as many characters as they have as JSON. A part that a value holds in several places counts for
 * each, for that is what walking over it costs. Remembers what it has weighed.
 */
final class Weights {

    private static final int SCALAR = 8;

    private final IdentityHashMap<JsonNode, Long> known = new IdentityHashMap<>();

    long of(JsonNode value) {
        if (value.isTextual()) {
            return value.textValue().length() + 2L;
        }
        if (!value.isContainerNode()) {
            return SCALAR;
        }
        Long before = known.get(value);
        if (before != null) {
            return before;
        }
        long weight = 2;
        for (JsonNode child : value) {
            weight += 1 + of(child);
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            weight += 3 + field.getKey().length();
        }
        known.put(value, weight);
        return weight;
    }
}
