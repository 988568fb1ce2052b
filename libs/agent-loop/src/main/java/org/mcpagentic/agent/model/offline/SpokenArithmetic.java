package org.mcpagentic.agent.model.offline;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mcpagentic.agent.model.offline.Token.Kind;

/** The parts of arithmetic that people say in words, with operands that {@link ArithmeticReader} reads. */
final class SpokenArithmetic {

    private static final Set<String> ARTICLES = Set.of("the", "a", "an");
    /** Functions that take one operand, by how they are said. */
    private static final Map<String, String> OF_ONE = Map.ofEntries(
            Map.entry("square root", "sqrt"),
            Map.entry("cube root", "cbrt"),
            Map.entry("absolute value", "abs"),
            Map.entry("natural logarithm", "ln"),
            Map.entry("natural log", "ln"),
            Map.entry("factorial", "fact"),
            Map.entry("sqrt", "sqrt"));
    /** Functions that take a list, by how they are said. */
    private static final Map<String, String> OF_MANY = Map.ofEntries(
            Map.entry("sum", "sum"),
            Map.entry("total", "sum"),
            Map.entry("average", "avg"),
            Map.entry("mean", "avg"),
            Map.entry("maximum", "max"),
            Map.entry("largest", "max"),
            Map.entry("biggest", "max"),
            Map.entry("minimum", "min"),
            Map.entry("smallest", "min"));

    private static final Map<String, String> FRACTIONS = Map.of(
            "half",
            "1/2",
            "third",
            "1/3",
            "thirds",
            "1/3",
            "quarter",
            "1/4",
            "quarters",
            "1/4",
            "fifth",
            "1/5",
            "fifths",
            "1/5",
            "tenth",
            "1/10");
    private static final Map<String, String> MULTIPLES =
            Map.of("twice", "2", "double", "2", "thrice", "3", "triple", "3");

    private final Cursor cursor;
    private final ArithmeticReader operands;

    SpokenArithmetic(Cursor cursor, ArithmeticReader operands) {
        this.cursor = cursor;
        this.operands = operands;
    }

    /** {@code a quarter of 200}, {@code three quarters of 200}, {@code twice 21} */
    Optional<Formula> fraction() {
        String multiple = MULTIPLES.get(cursor.peek().text());
        if (multiple != null && cursor.peek().kind() == Kind.WORD) {
            cursor.take();
            cursor.accept("of");
            return operands.unary().map(operand -> Formula.spoken("(" + multiple + " * " + operand.text() + ")"));
        }
        String count =
                cursor.acceptAny(ARTICLES) ? "1" : NumberReader.read(cursor).orElse("1");
        String part = FRACTIONS.get(cursor.peek().text());
        if (part == null || cursor.peek().kind() != Kind.WORD) {
            return Optional.empty();
        }
        cursor.take();
        String factor = count.equals("1") ? part : count + part.substring(1);
        if (!cursor.accept("of")) {
            return Optional.empty();
        }
        return operands.unary().map(operand -> Formula.spoken("(" + factor + " * " + operand.text() + ")"));
    }

    /** {@code the square root of 144}, {@code sum of 3, 4 and 5}, {@code difference between 9 and 4} */
    Optional<Formula> function() {
        cursor.accept("the");
        String one = cursor.peek().text();
        String two = one + " " + cursor.peek(1).text();
        boolean pair = OF_ONE.containsKey(two);
        String function = OF_ONE.get(pair ? two : one);
        // why: with a parenthesis it is a call, which was tried; trying it twice at each level would be exponential
        if (function != null && !cursor.peek(1).is("(")) {
            cursor.take();
            if (pair) {
                cursor.take();
            }
            cursor.accept("of");
            return operands.unary().map(operand -> Formula.spoken(function + "(" + operand.text() + ")"));
        }
        String ofMany = OF_MANY.get(one);
        if (ofMany != null || one.equals("product")) {
            cursor.take();
            if (!cursor.accept("of") && !cursor.accept("between")) {
                return Optional.empty();
            }
            return operands.list()
                    .map(items -> Formula.spoken(
                            ofMany == null
                                    ? "(" + String.join(" * ", items) + ")"
                                    : ofMany + "(" + String.join(", ", items) + ")"));
        }
        if (cursor.accept("difference", "between") || cursor.accept("difference", "of")) {
            return operands.product()
                    .flatMap(left -> cursor.accept("and")
                            ? operands.product()
                                    .map(right -> Formula.spoken("(" + left.text() + " - " + right.text() + ")"))
                            : Optional.empty());
        }
        if (cursor.accept("remainder", "of")) {
            return operands.unary()
                    .flatMap(left -> cursor.accept("divided", "by")
                            ? operands.unary()
                                    .map(right -> Formula.spoken("(" + left.text() + " mod " + right.text() + ")"))
                            : Optional.empty());
        }
        return Optional.empty();
    }
}
