package org.mcpagentic.custommcp.tools.calculator;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * The outcome of an expression.
 *
 * @param result in decimal digits; in scientific notation where plain digits would be mostly zeros
 * @param exact whether the result is the very value
 * @param rounding how the result was rounded, where it is not exact
 * @param fraction the exact value as a fraction, where the decimals never end and it is short
 */
public record Calculation(String result, boolean exact, Optional<String> rounding, Optional<String> fraction) {

    /** Significant digits of a rounded result. */
    public static final int SHOWN_DIGITS = 34;

    private static final int MAX_EXACT_PLACES = 1_000;
    private static final int MAX_PLAIN_EXPONENT = 40;
    private static final int MAX_FRACTION_CHARS = 60;
    private static final MathContext SHOWN = new MathContext(SHOWN_DIGITS, RoundingMode.HALF_UP);

    /**
     * Evaluates an expression.
     *
     * @param decimals decimal places to round the result to, half away from zero
     * @throws org.mcpagentic.agent.tool.ToolFailure when the expression is wrong or has no real result
     */
    public static Calculation of(String expression, Optional<Integer> decimals) {
        Quantity value = Expression.evaluate(expression);
        Optional<BigDecimal> complete = value.exact() ? value.value().terminating(MAX_EXACT_PLACES) : Optional.empty();
        Optional<String> fraction = value.exact() && complete.isEmpty() ? fraction(value.value()) : Optional.empty();
        if (decimals.isPresent()) {
            BigDecimal rounded = value.value().roundedToScale(decimals.get());
            boolean exact = complete.filter(all -> all.compareTo(rounded) == 0).isPresent();
            return new Calculation(
                    rounded.toPlainString(), exact, rounding(exact, decimals.get() + " decimal places"), fraction);
        }
        if (complete.isPresent()) {
            return new Calculation(stripped(complete.get()).toPlainString(), true, Optional.empty(), Optional.empty());
        }
        return new Calculation(
                shown(value.value().rounded(SHOWN)),
                false,
                rounding(false, SHOWN_DIGITS + " significant digits"),
                fraction);
    }

    private static Optional<String> rounding(boolean exact, String how) {
        return exact ? Optional.empty() : Optional.of(how);
    }

    private static Optional<String> fraction(Rational value) {
        String text = value.numerator() + "/" + value.denominator();
        return Optional.of(text).filter(written -> written.length() <= MAX_FRACTION_CHARS);
    }

    private static String shown(BigDecimal rounded) {
        BigDecimal value = stripped(rounded);
        int exponent = value.precision() - value.scale() - 1;
        return Math.abs(exponent) <= MAX_PLAIN_EXPONENT ? value.toPlainString() : value.toString();
    }

    private static BigDecimal stripped(BigDecimal value) {
        return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }
}
