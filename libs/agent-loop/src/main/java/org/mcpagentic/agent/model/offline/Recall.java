package org.mcpagentic.agent.model.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * What is remembered under a key.
 *
 * @param afterwards whether something is to be remembered or forgotten first
 */
record Recall(String key, boolean afterwards) implements Intent {

    @Override
    public String tool() {
        return Contract.MEMORY_GET;
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
        return Contract.key(key);
    }

    @Override
    public List<String> needs() {
        return List.of("/key", "/value");
    }

    @Override
    public String phrase(JsonNode result, Optional<Value> earlier) {
        return "As " + Quote.code(Contract.text(result, "/key")) + " I remember: "
                + Quote.code(Contract.text(result, "/value"));
    }

    @Override
    public Optional<Value> value(JsonNode result) {
        return Optional.empty();
    }

    @Override
    public String wish() {
        return "recalling " + key;
    }
}
