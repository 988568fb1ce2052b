package org.mcpagentic.agent.model.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Something to be forgotten. */
record Forget(String key) implements Intent {

    @Override
    public String tool() {
        return Contract.MEMORY_DELETE;
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
        return Contract.key(key);
    }

    @Override
    public List<String> needs() {
        return List.of("/deleted");
    }

    @Override
    public String phrase(JsonNode result, Optional<Value> earlier) {
        return (result.path("deleted").asBoolean() ? "I have forgotten " : "There was nothing to forget as ")
                + Quote.code(key) + ".";
    }

    @Override
    public Optional<Value> value(JsonNode result) {
        return Optional.of(new Value.Noted());
    }

    @Override
    public String wish() {
        return "forgetting " + key;
    }
}
