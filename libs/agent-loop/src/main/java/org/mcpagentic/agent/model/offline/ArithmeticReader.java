package org.mcpagentic.agent.model.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mcpagentic.agent.model.offline.Token.Kind;

/** Reads arithmetic in symbols and in words, by recursive descent along the calculator's own grammar. */
final class ArithmeticReader {

    private static final int MAX_DEPTH = 20;

    private static final Set<String> FUNCTIONS = Set.of(
            "sqrt", "cbrt", "abs", "round", "floor", "ceil", "min", "max", "sum", "avg", "exp", "ln", "log10", "log2",
            "fact");
    private static final Set<String> CURRENCY = Set.of("$", "\u20ac", "\u00a3", "\u00a5");
    private static final Set<String> CURRENCY_WORDS =
            Set.of("dollars", "dollar", "euros", "euro", "pounds", "usd", "eur", "gbp", "$", "\u20ac");
    private static final Set<String> REFERENCES = Set.of("that", "it", "this");
    private static final Set<String> RESULTS = Set.of("result", "answer", "total", "number", "value");

    private final Cursor cursor;
    private final boolean references;
    private final SpokenArithmetic spoken;
    private int depth;

    /** @param references whether an earlier result is there, which {@code that} and {@code it} may stand for */
    ArithmeticReader(Cursor cursor, boolean references) {
        this.cursor = cursor;
        this.references = references;
        this.spoken = new SpokenArithmetic(cursor, this);
    }

    Optional<Formula> sum() {
        return product().map(this::sumFrom);
    }

    /** What goes on behind a left side that was read already. */
    Formula sumFrom(Formula start) {
        Formula left = start;
        while (true) {
            boolean word = cursor.peek().kind() == Kind.WORD;
            Optional<Formula> next = cursor.attempt(() -> additive()
                    .flatMap(operator ->
                            product().map(right -> Formula.plain(operator).then("", right, false))));
            if (next.isEmpty() || left.tooLong()) {
                return left;
            }
            left = left.then("", next.get(), word);
        }
    }

    private Optional<String> additive() {
        if (cursor.accept("+") || cursor.accept("plus")) {
            return Optional.of(" + ");
        }
        return cursor.accept("-")
                        || cursor.accept("\u2212")
                        || cursor.accept("\u2013")
                        || cursor.accept("minus")
                        || cursor.accept("less")
                ? Optional.of(" - ")
                : Optional.empty();
    }

    Optional<Formula> product() {
        return unary().map(this::productFrom);
    }

    Formula productFrom(Formula start) {
        Formula left = start;
        while (true) {
            boolean word = cursor.peek().kind() == Kind.WORD && !cursor.peek().is("x");
            boolean percentage = left.text().endsWith("%");
            Optional<Formula> next = cursor.attempt(() -> multiplicative(percentage)
                    .flatMap(operator ->
                            unary().map(right -> Formula.plain(operator).then("", right, false))));
            if (next.isEmpty() || left.tooLong()) {
                return left;
            }
            left = left.then("", next.get(), word);
        }
    }

    private Optional<String> multiplicative(boolean percentage) {
        if (cursor.accept("*")
                || cursor.accept("x")
                || cursor.accept("\u00d7")
                || cursor.accept("\u00b7")
                || cursor.accept("times")
                || cursor.accept("multiplied", "by")
                || (percentage && cursor.accept("of"))) {
            return Optional.of(" * ");
        }
        if (cursor.accept("/") || cursor.accept("\u00f7") || cursor.accept("divided", "by") || cursor.accept("over")) {
            return Optional.of(" / ");
        }
        return cursor.accept("mod") || cursor.accept("modulo") ? Optional.of(" mod ") : Optional.empty();
    }

    Optional<Formula> unary() {
        if (depth >= MAX_DEPTH) {
            return Optional.empty();
        }
        depth++;
        Optional<Formula> result = cursor.attempt(() ->
                cursor.accept("-") || cursor.accept("\u2212") || cursor.accept("minus") || cursor.accept("negative")
                        ? unary().map(operand -> operand.wrapped("-", ""))
                        : power());
        depth--;
        return result;
    }

    private Optional<Formula> power() {
        return primary().map(this::postfix).map(base -> {
            boolean word = cursor.peek().kind() == Kind.WORD;
            Optional<Formula> exponent = cursor.attempt(() -> acceptPower() ? unary() : Optional.empty());
            return exponent.map(right -> base.then("^", right, word)).orElse(base);
        });
    }

    private boolean acceptPower() {
        return cursor.accept("^")
                || cursor.accept("**")
                || cursor.accept("to", "the", "power", "of")
                || cursor.accept("to", "the", "power")
                || cursor.accept("raised", "to", "the", "power", "of");
    }

    private Formula postfix(Formula operand) {
        Formula result = operand;
        for (int i = 0; i < MAX_DEPTH; i++) {
            if (cursor.accept("%") || cursor.accept("percent") || cursor.accept("per", "cent")) {
                result = result.wrapped("", "%");
            } else if (cursor.accept("!")) {
                result = new Formula(result.text() + "!", true, result.spoken());
            } else if (cursor.accept("squared")) {
                result = Formula.spoken("(" + result.text() + ")^2");
            } else if (cursor.accept("cubed")) {
                result = Formula.spoken("(" + result.text() + ")^3");
            } else {
                return result;
            }
        }
        return result;
    }

    private Optional<Formula> primary() {
        return cursor.attempt(this::reference)
                .or(() -> cursor.attempt(spoken::fraction))
                .or(() -> cursor.attempt(this::number))
                .or(() -> cursor.attempt(this::parenthesis))
                .or(() -> cursor.attempt(this::call))
                .or(() -> cursor.attempt(spoken::function))
                .or(this::constant);
    }

    private Optional<Formula> reference() {
        if (!references) {
            return Optional.empty();
        }
        boolean found = cursor.acceptAny(REFERENCES) || (cursor.accept("the") && cursor.acceptAny(RESULTS));
        return found ? Optional.of(Formula.plain(Formula.EARLIER)) : Optional.empty();
    }

    private Optional<Formula> number() {
        cursor.acceptAny(CURRENCY);
        Optional<Formula> number = NumberReader.read(cursor).map(Formula::plain);
        cursor.acceptAny(CURRENCY_WORDS);
        return number;
    }

    private Optional<Formula> parenthesis() {
        return cursor.accept("(")
                ? sum().filter(inner -> cursor.accept(")")).map(inner -> inner.wrapped("(", ")"))
                : Optional.empty();
    }

    private Optional<Formula> call() {
        String name = cursor.peek().text();
        if (!FUNCTIONS.contains(name) || !cursor.peek(1).is("(")) {
            return Optional.empty();
        }
        cursor.accept(name, "(");
        List<String> arguments = new ArrayList<>();
        do {
            Optional<Formula> argument = cursor.attempt(this::groupedArguments).or(this::sum);
            if (argument.isEmpty() || arguments.size() >= Formula.MAX_CHARS) {
                return Optional.empty();
            }
            arguments.add(argument.get().text());
        } while (cursor.accept(",") || cursor.accept(";"));
        return cursor.accept(")")
                ? Optional.of(Formula.spoken(name + "(" + String.join(", ", arguments) + ")"))
                : Optional.empty();
    }

    /** In a function's parentheses 100,200 is two numbers, as it is for the calculator. */
    private Optional<Formula> groupedArguments() {
        int start = cursor.index();
        return cursor.accept(Kind.NUMBER)
                .map(token -> cursor.since(start))
                .filter(written -> written.indexOf(',') > 0
                        && (cursor.peek().is(")") || cursor.peek().is(",")))
                .map(written -> Formula.plain(written.replace(",", ", ")));
    }

    private Optional<Formula> constant() {
        if (cursor.accept("pi") || cursor.accept("\u03c0")) {
            return Optional.of(Formula.plain("pi"));
        }
        return cursor.accept("e") ? Optional.of(Formula.plain("e")) : Optional.empty();
    }

    /** Operands with commas or {@code and} between them, at least one. */
    Optional<List<String>> list() {
        Optional<Formula> first = product();
        if (first.isEmpty()) {
            return Optional.empty();
        }
        List<String> items = new ArrayList<>();
        for (Optional<Formula> item = first; item.isPresent(); item = cursor.attempt(this::furtherItem)) {
            items.add(item.get().text());
        }
        return Optional.of(items);
    }

    private Optional<Formula> furtherItem() {
        boolean separated = cursor.accept(",", "and") || cursor.accept(",") || cursor.accept("and");
        return separated ? product() : Optional.empty();
    }
}
