package org.mcpagentic.agent.model.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that is remembered.
 *
 * @param afterwards whether something is to be remembered or forgotten first
 */
record ListMemory(boolean afterwards) implements Intent {

    @Override
    public String tool() {
        return Contract.MEMORY_LIST;
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
        return Contract.nothing();
    }

    @Override
    public List<String> needs() {
        return List.of("/entries");
    }

    @Override
    public String phrase(JsonNode result, Optional<Value> earlier) {
        List<String> keys = new ArrayList<>();
        result.path("entries").forEach(entry -> keys.add(Quote.code(Contract.text(entry, "/key"))));
        if (keys.isEmpty()) {
            return "I remember nothing yet.";
        }
        return "I remember something as " + Composer.joined(keys)
                + (result.has("next_cursor") ? ", and more behind these." : ".");
    }

    @Override
    public Optional<Value> value(JsonNode result) {
        return Optional.empty();
    }

    @Override
    public String wish() {
        return "what I remember";
    }
}
