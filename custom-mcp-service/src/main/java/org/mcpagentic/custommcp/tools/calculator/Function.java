package org.mcpagentic.custommcp.tools.calculator;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.mcpagentic.agent.tool.ToolFailure;

/** The functions of an expression; each is written as its name in lower case. */
enum Function {
    SQRT(1, 1),
    CBRT(1, 1),
    ABS(1, 1),
    ROUND(1, 2),
    FLOOR(1, 1),
    CEIL(1, 1),
    MIN(1, Integer.MAX_VALUE),
    MAX(1, Integer.MAX_VALUE),
    SUM(1, Integer.MAX_VALUE),
    AVG(1, Integer.MAX_VALUE),
    EXP(1, 1),
    LN(1, 1),
    LOG10(1, 1),
    LOG2(1, 1),
    FACT(1, 1);

    private static final int MAX_ROUND_SCALE = 1_000;
    private static final int MAX_FACTORIAL = 1_000;

    private final int fewest;
    private final int most;

    Function(int fewest, int most) {
        this.fewest = fewest;
        this.most = most;
    }

    static Function named(String name) {
        for (Function function : values()) {
            if (function.spelling().equals(name)) {
                return function;
            }
        }
        String hint = name.equals("log") ? "; write ln(x) or log10(x)" : "";
        throw new ToolFailure("there is no function \"%s\"%s; there are %s"
                .formatted(
                        name,
                        hint,
                        String.join(
                                ", ",
                                List.of(values()).stream()
                                        .map(Function::spelling)
                                        .toList())));
    }

    private String spelling() {
        return name().toLowerCase(Locale.ROOT);
    }

    Quantity apply(List<Quantity> arguments) {
        if (arguments.size() < fewest || arguments.size() > most) {
            throw new ToolFailure(
                    "%s takes %s, not %d; inside a function a comma separates arguments, so write 2480 for 2,480"
                            .formatted(
                                    spelling(),
                                    fewest == most ? "1 argument" : fewest + " or " + most + " arguments",
                                    arguments.size()));
        }
        Quantity first = arguments.getFirst();
        return switch (this) {
            case SQRT -> first.root(2);
            case CBRT -> first.root(3);
            case ABS -> first.absolute();
            case ROUND -> first.roundedToScale(arguments.size() == 1 ? 0 : scale(arguments.get(1)));
            case FLOOR -> first.floor();
            case CEIL -> first.negated().floor().negated();
            case MIN -> arguments.stream().min(Comparator.naturalOrder()).orElseThrow();
            case MAX -> arguments.stream().max(Comparator.naturalOrder()).orElseThrow();
            case SUM -> sum(arguments);
            case AVG -> sum(arguments).dividedBy(Quantity.exactly(Rational.of(arguments.size())));
            case EXP -> first.exponential();
            case LN -> first.naturalLogarithm();
            case LOG10 -> first.logarithm(10);
            case LOG2 -> first.logarithm(2);
            case FACT -> factorial(first);
        };
    }

    private static Quantity sum(List<Quantity> arguments) {
        return arguments.stream().reduce(Quantity.exactly(Rational.ZERO), Quantity::plus);
    }

    private static int scale(Quantity places) {
        if (!places.value().isInteger() || places.absolute().value().compareTo(Rational.of(MAX_ROUND_SCALE)) > 0) {
            throw new ToolFailure("round(x, n) takes a whole n from -%1$d to %1$d".formatted(MAX_ROUND_SCALE));
        }
        return places.value().numerator().intValueExact();
    }

    static Quantity factorial(Quantity of) {
        if (!of.value().isInteger()
                || of.value().signum() < 0
                || of.value().compareTo(Rational.of(MAX_FACTORIAL)) > 0) {
            throw new ToolFailure("a factorial is of a whole number from 0 to " + MAX_FACTORIAL);
        }
        BigInteger product = BigInteger.ONE;
        for (int i = of.value().numerator().intValueExact(); i > 1; i--) {
            product = product.multiply(BigInteger.valueOf(i));
        }
        return new Quantity(Rational.of(product), of.exact());
    }
}
