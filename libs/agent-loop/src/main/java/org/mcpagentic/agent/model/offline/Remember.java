package org.mcpagentic.agent.model.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Something to be remembered. */
record Remember(String key, String text) implements Intent {

    @Override
    public String tool() {
        return Contract.MEMORY_PUT;
    }

    @Override
    public Value.Kind continues() {
        return Value.Kind.NONE;
    }

    @Override
    public Value.Kind yields() {
        return Value.Kind.MEMORY;
    }

    @Override
    public ObjectNode arguments(Optional<Value> earlier) {
        return Contract.remember(key, text);
    }

    @Override
    public List<String> needs() {
        return List.of("/key");
    }

    @Override
    public String phrase(JsonNode result, Optional<Value> earlier) {
        return "I remember " + Quote.marked(text) + " as " + Quote.code(Contract.text(result, "/key")) + ".";
    }

    @Override
    public Optional<Value> value(JsonNode result) {
        return Optional.of(new Value.Noted());
    }

    @Override
    public String wish() {
        return "remembering " + text;
    }
}
