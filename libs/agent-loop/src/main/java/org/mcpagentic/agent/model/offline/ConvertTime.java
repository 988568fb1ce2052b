package org.mcpagentic.agent.model.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** A time of one place on another's clock. */
record ConvertTime(When when, Place from, Place to) implements Intent {

    @Override
    public String tool() {
        return Contract.DATE_TIME;
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
        return Contract.convert(when.argument(), from.zone(), to.zone());
    }

    @Override
    public List<String> needs() {
        return List.of("/from/time", "/from/date", "/to/time", "/to/date", "/to/weekday");
    }

    @Override
    public String phrase(JsonNode result, Optional<Value> earlier) {
        String note = Contract.text(result, "/note");
        return "%s in %s is %s in %s.%s"
                .formatted(
                        Contract.text(result, "/from/date") + " " + Contract.clock(result, "/from"),
                        Quote.plain(from.name()),
                        Contract.moment(result, "/to"),
                        Quote.plain(to.name()),
                        note.isEmpty() ? "" : " Note: " + note + ".");
    }

    @Override
    public Optional<Value> value(JsonNode result) {
        return Optional.empty();
    }

    @Override
    public String wish() {
        return when.argument() + " from " + from.name() + " to " + to.name();
    }
}
