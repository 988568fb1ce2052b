package org.mcpagentic.models.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The parts of a turn as they must come back: text that came in pieces is one part again, but never across a part that
 * carries a signature.
 */
final class GeminiParts {

    private final ArrayNode parts = JsonNodeFactory.instance.arrayNode();
    private final StringBuilder text = new StringBuilder(0);
    private boolean signed;

    void add(ObjectNode part) {
        boolean carriesSignature = part.hasNonNull("thoughtSignature");
        boolean thought = part.path("thought").asBoolean();
        signed |= carriesSignature;
        if (part.path("functionCall").isObject() || carriesSignature) {
            endText();
            parts.add(part);
        } else if (!thought && part.path("text").isTextual()) {
            text.append(part.path("text").asText());
        }
    }

    /** Whether any part carries a signature. */
    boolean signed() {
        return signed;
    }

    ArrayNode all() {
        endText();
        return parts;
    }

    private void endText() {
        if (!text.isEmpty()) {
            parts.addObject().put("text", text.toString());
            text.setLength(0);
        }
    }
}
