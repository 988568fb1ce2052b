package org.mcpagentic.models.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Reads untrusted JSON. */
public final class WireJson {

    /** What no count of tokens reaches. */
    private static final long MOST_TOKENS = 1_000_000_000_000L;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(200).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private WireJson() {}

    /** The object that the text is; nothing where it is none. */
    public static Optional<ObjectNode> object(String text) {
        return tree(text).filter(ObjectNode.class::isInstance).map(ObjectNode.class::cast);
    }

    /** What the text is; nothing where it is no JSON. */
    public static Optional<JsonNode> tree(String text) {
        try {
            return Optional.of(JSON.readTree(text)).filter(tree -> !tree.isMissingNode());
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }

    /** A text with something in it. */
    public static Optional<String> text(JsonNode node, String field) {
        return Optional.of(node.path(field))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .filter(text -> !text.isEmpty());
    }

    /** A count of tokens, 0 to 10^12; 0 where there is none. */
    public static long tokens(JsonNode node, String field) {
        JsonNode count = node.path(field);
        return count.isNumber() && count.canConvertToLong() ? Math.clamp(count.asLong(), 0, MOST_TOKENS) : 0;
    }
}
