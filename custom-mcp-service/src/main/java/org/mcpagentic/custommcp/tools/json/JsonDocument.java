package org.mcpagentic.custommcp.tools.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.mcpagentic.agent.tool.ToolFailure;

/**
 * A JSON value that a model gave: one value, without names that occur twice, nested at most {@value #MOST_DEPTH} deep. Numbers
 * keep all their digits.
 */
public final class JsonDocument {

    static final int MOST_DEPTH = 100;
    static final int MOST_CHARACTERS = 200_000;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MOST_DEPTH)
                            .maxNumberLength(1_000)
                            .build())
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final JsonNode root;

    private JsonDocument(JsonNode root) {
        this.root = root;
    }

    /** Reads a document; fails with {@link ToolFailure} that says where it is no JSON. */
    public static JsonDocument read(String text) {
        try {
            JsonNode root = MAPPER.readTree(text);
            if (root.isMissingNode()) {
                throw new ToolFailure("the JSON is empty");
            }
            return new JsonDocument(root);
        } catch (JsonProcessingException e) {
            throw new ToolFailure("this is not JSON" + place(e.getLocation()) + ": " + e.getOriginalMessage());
        }
    }

    /** Takes a value that was read before; fails with {@link ToolFailure} where it is larger than a text may be. */
    public static JsonDocument of(JsonNode value) {
        requireDepth(value, MOST_DEPTH);
        if (new Weights().of(value) > MOST_CHARACTERS) {
            throw new ToolFailure("the JSON has more than " + MOST_CHARACTERS + " characters");
        }
        return new JsonDocument(value);
    }

    JsonNode root() {
        return root;
    }

    static String write(JsonNode value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }

    private static void requireDepth(JsonNode value, int left) {
        if (left == 0 && value.isContainerNode()) {
            throw new ToolFailure("the JSON is nested deeper than " + MOST_DEPTH);
        }
        value.forEach(child -> requireDepth(child, left - 1));
    }

    private static String place(JsonLocation location) {
        return location == null || location.getLineNr() < 1
                ? ""
                : " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    }
}
