package org.mcpagentic.agent.model.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** The present time or date somewhere. */
record CurrentTime(Place place, boolean date) implements Intent {

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
        return Value.Kind.DAY;
    }

    @Override
    public ObjectNode arguments(Optional<Value> earlier) {
        return Contract.now(place.zone());
    }

    @Override
    public List<String> needs() {
        return List.of("/date", "/weekday", "/time");
    }

    @Override
    public String phrase(JsonNode result, Optional<Value> earlier) {
        boolean everywhere = place.name().isEmpty();
        String where = everywhere ? "UTC" : Contract.text(result, "/utc_offset");
        String day = Contract.text(result, "/weekday") + ", " + Contract.text(result, "/date");
        return (everywhere ? "" : "In " + Quote.plain(place.name()) + " ")
                + (everywhere ? date ? "Today is " : "It is " : date ? "today is " : "it is ")
                + (date ? day : Contract.clock(result, "") + " on " + day)
                + (everywhere ? " (UTC)." : " (UTC" + where + ").");
    }

    @Override
    public Optional<Value> value(JsonNode result) {
        return Optional.of(new Value.Day(Contract.text(result, "/date")));
    }

    @Override
    public String wish() {
        return (date ? "the date" : "the time") + (place.name().isEmpty() ? "" : " in " + place.name());
    }
}
