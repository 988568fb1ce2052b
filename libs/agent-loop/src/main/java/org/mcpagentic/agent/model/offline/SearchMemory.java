package org.mcpagentic.agent.model.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * What is remembered about something.
 *
 * @param afterwards whether something is to be remembered or forgotten first
 */
record SearchMemory(String text, boolean afterwards) implements Intent {

    @Override
    public String tool() {
        return Contract.MEMORY_SEARCH;
    }

    @Override
    public Value.Kind continues() {
        return afterwards ? Value.Kind.MEMORY : Value.Kind.NONE;
    }

    @Override
    public Value.Kind yields() {
        return Value.Kind.NONE;
    }

    @Override
    public ObjectNode arguments(Optional<Value> earlier) {
        return Contract.search(text);
    }

    @Override
    public List<String> needs() {
        return List.of("/found");
    }

    @Override
    public String phrase(JsonNode result, Optional<Value> earlier) {
        StringBuilder said = new StringBuilder();
        for (JsonNode entry : result.path("found")) {
            said.append("\n- ")
                    .append(Quote.code(Contract.text(entry, "/key")))
                    .append(": ")
                    .append(Quote.plain(Contract.text(entry, "/value")));
        }
        return said.isEmpty()
                ? "I remember nothing about " + Quote.marked(text) + "."
                : "About " + Quote.marked(text) + " I remember:" + said;
    }

    @Override
    public Optional<Value> value(JsonNode result) {
        return Optional.empty();
    }

    @Override
    public String wish() {
        return "what I remember about " + text;
    }
}
