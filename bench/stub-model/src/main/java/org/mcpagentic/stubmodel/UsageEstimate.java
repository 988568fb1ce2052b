package org.mcpagentic.stubmodel;

import com.fasterxml.jackson.databind.JsonNode;

/** Tokens by length, four characters to one, where the script says nothing. */
final class UsageEstimate {
    private static final int CHARACTERS_PER_TOKEN = 4;

    private UsageEstimate() {}

    static Usage of(JsonNode request, Content content) {
        int calls = content.calls().stream()
                .mapToInt(call -> call.name().length() + call.arguments().length())
                .sum();
        return new Usage(
                tokens(characters(request)),
                0,
                tokens(content.text().length() + calls),
                tokens(content.thinking().length()));
    }

    private static int tokens(int characters) {
        return Math.ceilDiv(characters, CHARACTERS_PER_TOKEN);
    }

    private static int characters(JsonNode node) {
        int sum = node.isTextual() ? node.textValue().length() : 0;
        for (JsonNode child : node) {
            sum += characters(child);
        }
        return sum;
    }
}
