package org.mcpagentic.agent.model.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Something to know about a day. */
record DescribeDay(When when, Aspect aspect) implements Intent {

    enum Aspect {
        WEEKDAY("/weekday"),
        WEEK("/iso_week"),
        DAY_OF_YEAR("/day_of_year"),
        LEAP_YEAR("/leap_year");

        private final String pointer;

        Aspect(String pointer) {
            this.pointer = pointer;
        }
    }

    @Override
    public String tool() {
        return Contract.DATE_TIME;
    }

    @Override
    public Value.Kind continues() {
        return when.continues() ? Value.Kind.DAY : Value.Kind.NONE;
    }

    @Override
    public Value.Kind yields() {
        return Value.Kind.DAY;
    }

    @Override
    public ObjectNode arguments(Optional<Value> earlier) {
        return Contract.info(when.resolved(earlier));
    }

    @Override
    public List<String> needs() {
        return List.of("/date", aspect.pointer);
    }

    @Override
    public String phrase(JsonNode result, Optional<Value> earlier) {
        String date = Contract.text(result, "/date");
        String value = Contract.text(result, aspect.pointer);
        String is = result.path("days_from_today").asLong() < 0 ? "was" : "is";
        return switch (aspect) {
            case WEEKDAY -> "%s %s a %s.".formatted(date, is, value);
            case WEEK -> "%s %s in ISO week %s.".formatted(date, is, value);
            case DAY_OF_YEAR -> "%s %s day %s of its year.".formatted(date, is, value);
            case LEAP_YEAR ->
                "%s %s %s leap year."
                        .formatted(
                                date.substring(0, Math.min(4, date.length())), is, value.equals("true") ? "a" : "no");
        };
    }

    @Override
    public Optional<Value> value(JsonNode result) {
        return Optional.of(new Value.Day(Contract.text(result, "/date")));
    }

    @Override
    public String wish() {
        return "the day " + when.argument();
    }
}
