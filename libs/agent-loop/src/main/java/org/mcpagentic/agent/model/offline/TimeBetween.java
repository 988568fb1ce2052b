package org.mcpagentic.agent.model.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The time from one moment to another.
 *
 * @param unit in which it was asked for, such as {@code days}; empty for "how long"
 */
record TimeBetween(When from, When to, String unit) implements Intent {

    @Override
    public String tool() {
        return Contract.DATE_TIME;
    }

    @Override
    public Value.Kind continues() {
        return from.continues() || to.continues() ? Value.Kind.DAY : Value.Kind.NONE;
    }

    @Override
    public Value.Kind yields() {
        return Value.Kind.NUMBER;
    }

    @Override
    public ObjectNode arguments(Optional<Value> earlier) {
        return Contract.difference(from.resolved(earlier), to.resolved(earlier));
    }

    @Override
    public List<String> needs() {
        return List.of("/from", "/to", "/total/days", "/total/seconds", "/calendar/days");
    }

    @Override
    public String phrase(JsonNode result, Optional<Value> earlier) {
        String amount = unit.isEmpty() ? calendar(result) : counted(Contract.inUnit(result, unit), unit);
        boolean back = amount.startsWith("-");
        String aside = unit.isEmpty() ? counted(Contract.inUnit(result, "days"), "days") : calendar(result);
        boolean months = result.at("/calendar/months").asLong() != 0
                || result.at("/calendar/years").asLong() != 0;
        return "From %s until %s it is %s%s%s."
                .formatted(
                        named(from, Contract.text(result, "/from")),
                        named(to, Contract.text(result, "/to")),
                        amount.replace("-", ""),
                        back ? " back" : "",
                        months && !aside.equals(amount) ? " (" + aside.replace("-", "") + ")" : "");
    }

    private static String named(When when, String moment) {
        boolean relative = Character.isLetter(when.argument().charAt(0)) && !when.continues();
        return relative ? when.argument() + " (" + moment + ")" : moment;
    }

    private static String calendar(JsonNode result) {
        List<String> parts = new ArrayList<>();
        for (String part : List.of("years", "months", "days", "hours", "minutes", "seconds")) {
            String amount = Contract.text(result, "/calendar/" + part);
            if (!amount.isEmpty() && !amount.equals("0")) {
                parts.add(counted(amount, part));
            }
        }
        return parts.isEmpty() ? "0 days" : Composer.joined(parts);
    }

    static String counted(String amount, String unit) {
        boolean one = amount.equals("1") || amount.equals("-1");
        return amount + " " + (one ? unit.substring(0, unit.length() - 1) : unit);
    }

    @Override
    public Optional<Value> value(JsonNode result) {
        String amount = Contract.inUnit(result, unit.isEmpty() ? "days" : unit);
        return Optional.of(new Value.Amount(amount, amount));
    }

    @Override
    public String wish() {
        return "the time from " + from.argument() + " until " + to.argument();
    }
}
