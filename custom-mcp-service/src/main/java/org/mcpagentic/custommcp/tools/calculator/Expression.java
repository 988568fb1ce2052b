package org.mcpagentic.custommcp.tools.calculator;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mcpagentic.agent.tool.ToolFailure;

/**
 * Reads an expression and evaluates it on the way, by recursive descent:
 *
 * <pre>
 * sum     = product { ("+" | "-") product }        a + b% and a - b% are of a: 200 + 10% is 220
 * product = unary { ("*" | "/" | "mod" | "of") unary }
 * unary   = ("-" | "+") unary | power
 * power   = postfix [ "^" unary ]                  right to left, binds tighter than a sign before it
 * postfix = primary { "%" | "!" }
 * primary = number | "pi" | "e" | function "(" sum { "," sum } ")" | "(" sum ")"
 * </pre>
 */
final class Expression {

    private static final int MAX_DEPTH = 64;

    private final String text;
    private int position;
    private int depth;
    /** Whether the innermost open parenthesis is a function's, where a comma separates arguments. */
    private boolean inArguments;

    private Expression(String text) {
        this.text = text;
    }

    /** A value and whether it was written as a percentage. */
    private record Term(Quantity value, boolean percentage) {}

    static Quantity evaluate(String text) {
        Expression expression = new Expression(text);
        Quantity result = expression.sum();
        expression.skipBlanks();
        if (expression.position < text.length()) {
            throw expression.unexpected();
        }
        return result;
    }

    private Quantity sum() {
        Quantity left = product().value();
        while (true) {
            boolean plus = accept("+");
            if (!plus && !accept("-", "\u2212")) {
                return left;
            }
            Term right = product();
            Quantity amount = right.percentage() ? left.times(right.value()) : right.value();
            left = plus ? left.plus(amount) : left.minus(amount);
        }
    }

    private Term product() {
        Term left = unary();
        while (true) {
            if (accept("*", "\u00d7", "\u00b7") || acceptWord("of")) {
                left = new Term(left.value().times(unary().value()), false);
            } else if (accept("/", "\u00f7")) {
                left = new Term(left.value().dividedBy(unary().value()), false);
            } else if (acceptWord("mod")) {
                left = new Term(left.value().modulo(unary().value()), false);
            } else {
                return left;
            }
        }
    }

    private Term unary() {
        if (++depth > MAX_DEPTH) {
            throw new ToolFailure(
                    "the expression is nested deeper than " + MAX_DEPTH + " levels; write it in smaller parts");
        }
        Term result;
        if (accept("-", "\u2212")) {
            Term operand = unary();
            result = new Term(operand.value().negated(), operand.percentage());
        } else {
            result = accept("+") ? unary() : power();
        }
        depth--;
        return result;
    }

    private Term power() {
        Term base = postfix();
        return accept("**", "^") ? new Term(base.value().power(unary().value()), false) : base;
    }

    private Term postfix() {
        Term result = new Term(primary(), false);
        while (true) {
            if (accept("%")) {
                result = new Term(result.value().percent(), true);
            } else if (accept("!")) {
                result = new Term(Function.factorial(result.value()), false);
            } else {
                return result;
            }
        }
    }

    private Quantity primary() {
        skipBlanks();
        if (position == text.length()) {
            throw new ToolFailure("the expression ends where a number is expected");
        }
        char next = text.charAt(position);
        if (isDigit(next) || (next == '.' && position + 1 < text.length() && isDigit(text.charAt(position + 1)))) {
            return number();
        }
        if (next == '(') {
            return group(false).getFirst();
        }
        Optional<String> name = word();
        if (name.isEmpty()) {
            throw unexpected();
        }
        position += name.get().length();
        return switch (name.get()) {
            case "pi", "\u03c0" -> Quantity.about(Transcendental.PI);
            case "e" -> Quantity.about(Transcendental.E);
            case String function -> call(function);
        };
    }

    private Quantity call(String name) {
        Function function = Function.named(name);
        skipBlanks();
        if (position == text.length() || text.charAt(position) != '(') {
            throw new ToolFailure("the argument of %1$s stands in parentheses: %1$s(2)".formatted(name));
        }
        return function.apply(group(true));
    }

    /** What stands in the parentheses that open here. */
    private List<Quantity> group(boolean arguments) {
        boolean outer = inArguments;
        inArguments = arguments;
        position++;
        List<Quantity> values = new ArrayList<>();
        do {
            values.add(sum());
        } while (arguments && accept(",", ";"));
        if (!accept(")")) {
            throw position == text.length()
                    ? new ToolFailure("a closing parenthesis is missing at the end")
                    : unexpected();
        }
        inArguments = outer;
        return values;
    }

    private Quantity number() {
        int start = position;
        skipDigits();
        if (!inArguments && position - start <= 3) {
            while (position < text.length() && text.charAt(position) == ',' && groupOfThreeAt(position + 1)) {
                position += 4;
            }
        }
        if (position < text.length() && text.charAt(position) == '.') {
            position++;
            skipDigits();
        }
        int mantissaEnd = position;
        if (position < text.length() && (text.charAt(position) | 0x20) == 'e') {
            int sign = position + 1 < text.length() && "+-".indexOf(text.charAt(position + 1)) >= 0 ? 1 : 0;
            position += 1 + sign;
            int digits = position;
            skipDigits();
            if (position == digits) {
                position = mantissaEnd;
            }
        }
        String exponent = position == mantissaEnd ? "0" : text.substring(mantissaEnd + 1, position);
        // why: an exponent of seven digits already builds a number of megabytes
        if (exponent.length() > 5) {
            throw new ToolFailure(
                    "the number at character %d has an exponent beyond %d".formatted(start + 1, Quantity.MAX_EXPONENT));
        }
        BigDecimal mantissa = new BigDecimal(text.substring(start, mantissaEnd).replace(",", ""));
        int shift = Integer.parseInt(exponent);
        if (mantissa.signum() != 0
                && Math.abs((long) mantissa.precision() - mantissa.scale() + shift) > Quantity.MAX_EXPONENT) {
            throw new ToolFailure(
                    "the number at character %d is beyond 10^%d in size".formatted(start + 1, Quantity.MAX_EXPONENT));
        }
        return Quantity.exactly(Rational.of(mantissa.scaleByPowerOfTen(mantissa.signum() == 0 ? 0 : shift)));
    }

    private boolean groupOfThreeAt(int start) {
        if (start + 3 > text.length()) {
            return false;
        }
        return isDigit(text.charAt(start))
                && isDigit(text.charAt(start + 1))
                && isDigit(text.charAt(start + 2))
                && (start + 3 == text.length() || !isDigit(text.charAt(start + 3)));
    }

    private void skipDigits() {
        while (position < text.length() && isDigit(text.charAt(position))) {
            position++;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private boolean accept(String... symbols) {
        skipBlanks();
        for (String symbol : symbols) {
            // why: ** is a power, not two multiplications
            if (text.startsWith(symbol, position) && !(symbol.equals("*") && text.startsWith("**", position))) {
                position += symbol.length();
                return true;
            }
        }
        return false;
    }

    private boolean acceptWord(String expected) {
        boolean found = word().filter(expected::equals).isPresent();
        if (found) {
            position += expected.length();
        }
        return found;
    }

    /** The word that begins here, in lower case. */
    private Optional<String> word() {
        skipBlanks();
        int end = position;
        while (end < text.length()
                && (Character.isLetter(text.charAt(end)) || (end > position && isDigit(text.charAt(end))))) {
            end++;
        }
        return end == position
                ? Optional.empty()
                : Optional.of(text.substring(position, end).toLowerCase(Locale.ROOT));
    }

    private void skipBlanks() {
        while (position < text.length()
                && (Character.isWhitespace(text.charAt(position)) || text.charAt(position) == '\u00a0')) {
            position++;
        }
    }

    private ToolFailure unexpected() {
        String found = new String(Character.toChars(text.codePointAt(position)));
        String hint = switch (found) {
            case "," -> "; a comma groups thousands as in 2,480 or separates a function's arguments";
            case "(" -> "; write * to multiply";
            case "=" -> "; write only the side to calculate";
            case String other
            when Character.isLetterOrDigit(other.codePointAt(0)) ->
                "; write an operator such as * between two values, mod for the remainder (% is percent)";
            case String _ -> "";
        };
        return new ToolFailure("\"%s\" at character %d is not expected there%s".formatted(found, position + 1, hint));
    }
}
