package org.mcpagentic.agent.model.offline;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Recognises what is to be calculated: an expression, an order such as {@code divide 42 by 6}, or what to do with an earlier result. */
final class CalculationRecogniser implements Recogniser {

    private static final Set<String> LISTED = Set.of("add", "sum", "total");
    private static final Set<String> LOWERING = Set.of("decrease", "reduce", "lower");
    private static final Set<String> PLACES = Set.of("decimal", "decimals", "places", "place", "digits", "digit");

    @Override
    public List<Finding> read(Cursor cursor, Context context) {
        if (context.insideArithmetic()) {
            return List.of();
        }
        int start = cursor.index();
        Optional<Formula> order = cursor.attempt(() -> order(cursor, context));
        if (order.isPresent()) {
            return found(cursor, order.get(), "");
        }
        if (context.earlierNumber() && (context.clauseStart() || context.afterFinding())) {
            Optional<Formula> continued = cursor.attempt(() -> continuation(cursor, context));
            if (continued.isPresent()) {
                return found(cursor, continued.get(), "");
            }
        }
        Optional<Formula> expression = cursor.attempt(() -> new ArithmeticReader(cursor, context.earlierNumber())
                .sum()
                .filter(Formula::operation)
                .filter(formula -> formula.tooLong()
                        || formula.spoken()
                        || context.asked()
                        || (context.clauseStart() && endsHere(cursor))));
        return expression
                .map(formula -> found(cursor, formula, cursor.since(start)))
                .orElse(List.of());
    }

    private static List<Finding> found(Cursor cursor, Formula formula, String said) {
        if (formula.tooLong()) {
            cursor.skipClause();
            return List.of(new Finding.Remark(String.format(
                    Locale.ROOT,
                    "The calculation is longer than the %,d characters that the calculator reads.",
                    Formula.MAX_CHARS)));
        }
        return List.of(new Finding.Wish(new Calculate(formula.text(), formula.continues() ? "" : said)));
    }

    /** Whether 24/7 stands alone, rather than in the middle of a sentence that means something else. */
    private static boolean endsHere(Cursor cursor) {
        return cursor.atEnd()
                || cursor.peek().endsSentence()
                || cursor.peek().is("=")
                || cursor.peek().is("please")
                || Vocabulary.SEPARATORS.contains(cursor.peek().text());
    }

    /** {@code times 24}, {@code then divide by 6}: goes on with the earlier result. */
    private static Optional<Formula> continuation(Cursor cursor, Context context) {
        // why: after a comma or on a new line a sign belongs to a number or a list
        boolean word = cursor.peek().kind() == Token.Kind.WORD;
        if (!word && !context.afterFinding()) {
            return Optional.empty();
        }
        ArithmeticReader reader = new ArithmeticReader(cursor, true);
        Formula earlier = Formula.plain(Formula.EARLIER);
        Formula result = reader.sumFrom(reader.productFrom(earlier));
        return result.operation() ? Optional.of(result) : Optional.empty();
    }

    private static Optional<Formula> order(Cursor cursor, Context context) {
        ArithmeticReader reader = new ArithmeticReader(cursor, context.earlierNumber());
        if (cursor.acceptAny(LISTED)) {
            return add(cursor, reader, context);
        }
        if (cursor.accept("subtract") || cursor.accept("deduct") || cursor.accept("take", "away")) {
            return reader.product()
                    .flatMap(amount ->
                            cursor.accept("from") ? join(reader, " - ", amount) : onEarlier(context, " - ", amount));
        }
        if (cursor.accept("multiply")) {
            return pair(cursor, reader, context, " * ", Set.of("by", "with", "and"));
        }
        if (cursor.accept("divide")) {
            return pair(cursor, reader, context, " / ", Set.of("by"));
        }
        if (cursor.accept("raise")) {
            return reader.product()
                    .filter(base -> cursor.accept("to"))
                    .flatMap(base -> exponent(cursor, reader)
                            .map(power -> Formula.spoken("(" + base.text() + ")^" + power.text())));
        }
        if (cursor.accept("increase")) {
            return pair(cursor, reader, context, " + ", Set.of("by"));
        }
        if (cursor.acceptAny(LOWERING)) {
            return pair(cursor, reader, context, " - ", Set.of("by"));
        }
        if (cursor.accept("round")) {
            return reader.sum().flatMap(value -> rounded(cursor, value));
        }
        return one(cursor, reader);
    }

    private static Optional<Formula> exponent(Cursor cursor, ArithmeticReader reader) {
        cursor.accept("the", "power", "of");
        cursor.accept("the", "power");
        return reader.product();
    }

    private static Optional<Formula> add(Cursor cursor, ArithmeticReader reader, Context context) {
        cursor.accept("up");
        return reader.list().flatMap(items -> {
            Formula sum = Formula.plain(String.join(" + ", items));
            Optional<Formula> to = cursor.attempt(() -> cursor.accept("to") ? reader.product() : Optional.empty());
            if (to.isPresent()) {
                return Optional.of(Formula.spoken(to.get().text() + " + " + sum.text()));
            }
            return items.size() > 1 ? Optional.of(Formula.spoken(sum.text())) : onEarlier(context, " + ", sum);
        });
    }

    /** {@code divide 42 by 6}, {@code divide it by 6} and {@code divide by 6} */
    private static Optional<Formula> pair(
            Cursor cursor, ArithmeticReader reader, Context context, String operator, Set<String> between) {
        if (cursor.acceptAny(between)) {
            return reader.product().flatMap(right -> onEarlier(context, operator, right));
        }
        return reader.product()
                .filter(left -> cursor.acceptAny(between))
                .flatMap(left ->
                        reader.product().map(right -> Formula.spoken(grouped(left) + operator + grouped(right))));
    }

    private static Optional<Formula> one(Cursor cursor, ArithmeticReader reader) {
        if (cursor.accept("halve")) {
            return reader.product().map(value -> Formula.spoken(grouped(value) + " / 2"));
        }
        return cursor.accept("square")
                ? reader.product().map(value -> Formula.spoken("(" + value.text() + ")^2"))
                : Optional.empty();
    }

    private static Optional<Formula> rounded(Cursor cursor, Formula value) {
        Optional<String> places = cursor.attempt(() -> {
            if (!cursor.accept("to")) {
                return Optional.empty();
            }
            Optional<String> number = NumberReader.read(cursor);
            boolean unit = cursor.acceptAny(PLACES);
            cursor.acceptAny(PLACES);
            return unit ? number : Optional.empty();
        });
        return Optional.of(Formula.spoken(
                "round(" + value.text() + places.map(n -> ", " + n).orElse("") + ")"));
    }

    private static Optional<Formula> onEarlier(Context context, String operator, Formula right) {
        return context.earlierNumber()
                ? Optional.of(Formula.spoken(Formula.EARLIER + operator + grouped(right)))
                : Optional.empty();
    }

    private static Optional<Formula> join(ArithmeticReader reader, String operator, Formula right) {
        return reader.product().map(left -> Formula.spoken(grouped(left) + operator + grouped(right)));
    }

    private static String grouped(Formula formula) {
        return formula.operation() ? "(" + formula.text() + ")" : formula.text();
    }
}
