package org.mcpagentic.agent.model.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * A moment some time after another.
 *
 * @param amount how many units; negative for before
 * @param unit such as {@code days}
 */
record DateShift(When when, long amount, String unit) implements Intent {

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
        return Contract.add(when.resolved(earlier), amount, unit);
    }

    @Override
    public List<String> needs() {
        return List.of("/from", "/result/date", "/result/weekday");
    }

    @Override
    public String phrase(JsonNode result, Optional<Value> earlier) {
        String from =
                result.at("/from").isTextual() ? Contract.text(result, "/from") : Contract.moment(result, "/from");
        boolean relative = Character.isLetter(when.argument().charAt(0)) && !when.continues();
        return "%s %s %s is %s."
                .formatted(
                        TimeBetween.counted(String.valueOf(Math.abs(amount)), unit),
                        amount < 0 ? "before" : "after",
                        relative ? when.argument() + " (" + from + ")" : from,
                        Contract.moment(result, "/result"));
    }

    @Override
    public Optional<Value> value(JsonNode result) {
        return Optional.of(new Value.Day(Contract.text(result, "/result/date")));
    }

    @Override
    public String wish() {
        return amount + " " + unit + " from " + when.argument();
    }
}
