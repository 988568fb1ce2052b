package org.mcpagentic.agent.model.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A calculation.
 *
 * @param expression for the calculator; {@link Formula#EARLIER} stands for the earlier result
 * @param said how the request put it, or empty where the expression says it better
 */
record Calculate(String expression, String said) implements Intent {

    private static final MathContext SHOWN = new MathContext(15);

    /** The same calculation gone on with, so that a chain of them is one call. */
    Calculate then(Calculate next) {
        return new Calculate(next.expression.replace(Formula.EARLIER, "(" + expression + ")"), "");
    }

    @Override
    public String tool() {
        return Contract.CALCULATOR;
    }

    @Override
    public Value.Kind continues() {
        return expression.contains(Formula.EARLIER) ? Value.Kind.NUMBER : Value.Kind.NONE;
    }

    @Override
    public Value.Kind yields() {
        return Value.Kind.NUMBER;
    }

    @Override
    public ObjectNode arguments(Optional<Value> earlier) {
        return Contract.calculate(
                earlier.orElse(null) instanceof Value.Amount(String exact, String _)
                        ? expression.replace(Formula.EARLIER, isPlain(exact) ? exact : "(" + exact + ")")
                        : expression);
    }

    private static boolean isPlain(String number) {
        return number.chars().allMatch(c -> Character.isDigit(c) || c == '.');
    }

    @Override
    public List<String> needs() {
        return List.of("/result");
    }

    @Override
    public String phrase(JsonNode result, Optional<Value> earlier) {
        String number = earlier.orElse(null) instanceof Value.Amount(String _, String shown) ? shown : Formula.EARLIER;
        String subject = said.isEmpty() ? expression.replace(Formula.EARLIER, number) : said;
        boolean exact = result.path("exact").asBoolean(true);
        boolean words = said.chars().filter(Character::isLetter).count() > 1 && said.indexOf('(') < 0;
        String fraction = Contract.text(result, "/fraction");
        return Quote.plain(forPeople(words ? capitalised(subject) : subject))
                + (words ? exact ? " is " : " is about " : exact ? " = " : " \u2248 ") + shown(result)
                + (fraction.isEmpty() ? "" : " (exactly " + fraction + ")") + ".";
    }

    /** Why not the star: Markdown takes it for itself. */
    private static String forPeople(String arithmetic) {
        return arithmetic.replace("**", "^").replace('*', '\u00d7');
    }

    private static String capitalised(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static String shown(JsonNode result) {
        String number = Contract.text(result, "/result");
        if (result.path("exact").asBoolean(true) || number.length() <= 16) {
            return number;
        }
        try {
            BigDecimal rounded = new BigDecimal(number).round(SHOWN).stripTrailingZeros();
            return Math.abs(rounded.precision() - rounded.scale()) > 20 ? rounded.toString() : rounded.toPlainString();
        } catch (NumberFormatException e) {
            return number;
        }
    }

    @Override
    public Optional<Value> value(JsonNode result) {
        String fraction = Contract.text(result, "/fraction");
        return Optional.of(
                fraction.isEmpty()
                        ? new Value.Amount(Contract.text(result, "/result"), shown(result))
                        : new Value.Amount(fraction, "(" + fraction + ")"));
    }

    @Override
    public String wish() {
        return said.isEmpty() ? expression.replace(Formula.EARLIER, "the result") : said;
    }
}
