package org.mcpagentic.delivery;

import com.fasterxml.jackson.databind.JsonNode;

/** Understands the selectors of Kubernetes: {@code matchLabels}, and {@code matchExpressions} with {@code In}. */
final class Labels {

    private Labels() {}

    /**
     * Whether labels are selected; an empty selector selects all.
     *
     * @throws IllegalArgumentException if the selector has an expression with another operator than In
     */
    static boolean match(JsonNode selector, JsonNode labels) {
        return selector.path("matchLabels")
                        .propertyStream()
                        .allMatch(label -> label.getValue().equals(labels.path(label.getKey())))
                && Manifest.each(selector.path("matchExpressions")).allMatch(expression -> isIn(expression, labels));
    }

    private static boolean isIn(JsonNode expression, JsonNode labels) {
        if (!expression.path("operator").asText().equals("In")) {
            throw new IllegalArgumentException("not an expression with In: " + expression);
        }
        JsonNode value = labels.path(expression.path("key").asText());
        return Manifest.each(expression.path("values")).anyMatch(value::equals);
    }
}
