package org.mcpagentic.agent.filtered;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import org.mcpagentic.agent.mask.OutputFilter;
import org.mcpagentic.agent.tool.ToolCall;

/** A turn's tool calls, filtered in every text that they hold. */
final class FilteredCalls {

    private final OutputFilter filter;

    FilteredCalls(OutputFilter filter) {
        this.filter = filter;
    }

    List<ToolCall> of(List<ToolCall> calls) {
        List<ToolCall> filtered = new ArrayList<>(calls.size());
        for (ToolCall call : calls) {
            filtered.add(new ToolCall(
                    id(call.callId(), filtered.size()),
                    filter.whole(call.toolName()),
                    object(call.arguments()),
                    call.flaw().map(filter::whole)));
        }
        return filtered;
    }

    /** An id is not shown but sent back: one that is filtered out has to stay unique. */
    private String id(String callId, int index) {
        return filter.whole(callId).equals(callId) ? callId : "masked_" + index;
    }

    private ObjectNode object(ObjectNode object) {
        ObjectNode filtered = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(entry -> filtered.set(filter.whole(entry.getKey()), value(entry.getValue())));
        return filtered;
    }

    private JsonNode value(JsonNode value) {
        return switch (value) {
            case ObjectNode object -> object(object);
            case ArrayNode array -> {
                ArrayNode filtered = JsonNodeFactory.instance.arrayNode();
                array.forEach(item -> filtered.add(value(item)));
                yield filtered;
            }
            case JsonNode scalar -> scalar(scalar);
        };
    }

    private JsonNode scalar(JsonNode scalar) {
        String text = scalar.asText();
        String filtered = filter.whole(text);
        // why not as text always: a number stays a number
        return filtered.equals(text) ? scalar : TextNode.valueOf(filtered);
    }
}
