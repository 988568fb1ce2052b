package org.mcpagentic.agent.model.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The digest of a text. */
record HashText(String text, String algorithm) implements Intent {

    @Override
    public String tool() {
        return Contract.HASH;
    }

    @Override
    public Value.Kind continues() {
        return Value.Kind.NONE;
    }

    @Override
    public Value.Kind yields() {
        return Value.Kind.NONE;
    }

    @Override
    public ObjectNode arguments(Optional<Value> earlier) {
        return Contract.hash(text, algorithm);
    }

    @Override
    public List<String> needs() {
        return List.of("/hex");
    }

    @Override
    public String phrase(JsonNode result, Optional<Value> earlier) {
        String note = Contract.text(result, "/note");
        return "The " + algorithm.toUpperCase(Locale.ROOT) + " of " + Quote.marked(text) + " is "
                + Quote.code(Contract.text(result, "/hex")) + (note.isEmpty() ? "." : " (" + note + ").");
    }

    @Override
    public Optional<Value> value(JsonNode result) {
        return Optional.empty();
    }

    @Override
    public String wish() {
        return "the " + algorithm + " of " + text;
    }
}
