package org.mcpagentic.custommcp.tools.calculator;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.mcpagentic.agent.tool.ToolFailure;

/**
 * A number of a calculation: exact for as long as that is possible and cheap, then rounded to
 * {@value #WORKING_DIGITS} significant digits, of which {@value Calculation#SHOWN_DIGITS} are shown.
 *
 * @param exact whether no step so far had to round
 */
record Quantity(Rational value, boolean exact) implements Comparable<Quantity> {

    static final int WORKING_DIGITS = 60;
    static final MathContext WORKING = new MathContext(WORKING_DIGITS, RoundingMode.HALF_EVEN);

    /** Numbers are between 10^-3000 and 10^3000 in size, or zero. */
    static final int MAX_EXPONENT = 3_000;

    private static final int MAX_EXACT_BITS = 10_000;
    private static final int MAX_ROOT_DEGREE = 64;
    private static final BigInteger MAX_INTEGER_POWER = BigInteger.valueOf(999_999_999);
    private static final Rational HUNDREDTH = new Rational(BigInteger.ONE, BigInteger.valueOf(100));

    Quantity {
        if (!exact || value.bits() > MAX_EXACT_BITS) {
            BigDecimal rounded = value.rounded(WORKING);
            requireRepresentable(exponentOf(rounded));
            value = Rational.of(rounded);
            exact = false;
        }
    }

    static Quantity exactly(Rational value) {
        return new Quantity(value, true);
    }

    static Quantity about(BigDecimal value) {
        requireRepresentable(exponentOf(value));
        return new Quantity(Rational.of(value), false);
    }

    private static double exponentOf(BigDecimal value) {
        return value.signum() == 0 ? 0 : (double) value.precision() - value.scale() - 1;
    }

    private static void requireRepresentable(double decimalExponent) {
        if (decimalExponent > MAX_EXPONENT) {
            throw new ToolFailure("the calculation reaches a number above 10^" + MAX_EXPONENT
                    + ", the largest that this calculator holds; use smaller numbers or exponents");
        }
        if (decimalExponent < -MAX_EXPONENT) {
            throw new ToolFailure("the calculation reaches a number closer to zero than 10^-" + MAX_EXPONENT
                    + ", the smallest that this calculator holds");
        }
    }

    Quantity plus(Quantity other) {
        return new Quantity(value.plus(other.value), exact && other.exact);
    }

    Quantity minus(Quantity other) {
        return plus(other.negated());
    }

    Quantity times(Quantity other) {
        return new Quantity(value.times(other.value), exact && other.exact);
    }

    Quantity dividedBy(Quantity other) {
        if (other.value.signum() == 0) {
            throw new ToolFailure("division by zero has no result");
        }
        return new Quantity(value.times(other.value.inverse()), exact && other.exact);
    }

    /** The remainder with the sign of the divisor: -7 mod 3 is 2. */
    Quantity modulo(Quantity divisor) {
        if (divisor.value.signum() == 0) {
            throw new ToolFailure("the remainder of a division by zero has no result");
        }
        Quantity whole = dividedBy(divisor).floor();
        return new Quantity(minus(divisor.times(whole)).value, exact && divisor.exact);
    }

    Quantity negated() {
        return new Quantity(value.negated(), exact);
    }

    Quantity percent() {
        return new Quantity(value.times(HUNDREDTH), exact);
    }

    Quantity floor() {
        return new Quantity(Rational.of(value.floor()), exact);
    }

    /** Rounded half away from zero. */
    Quantity roundedToScale(int scale) {
        return new Quantity(Rational.of(value.roundedToScale(scale)), exact);
    }

    Quantity power(Quantity exponent) {
        if (exponent.value.signum() < 0 && value.signum() == 0) {
            throw new ToolFailure("zero to a negative power has no result");
        }
        return exponent.value.isInteger() ? integerPower(exponent) : realPower(exponent);
    }

    private Quantity integerPower(Quantity exponent) {
        BigInteger count = exponent.value.numerator();
        boolean stillExact = exact && exponent.exact;
        if (value.isInteger() && value.numerator().abs().bitLength() <= 1) {
            // why: 0, 1 and -1 stay small however large the exponent is
            BigInteger base = value.numerator();
            boolean one = count.signum() == 0 || (base.signum() < 0 && !count.testBit(0));
            return new Quantity(one ? Rational.ONE : value, stillExact);
        }
        requireRepresentable(decimalLogarithm() * count.doubleValue());
        if (count.abs().compareTo(MAX_INTEGER_POWER) > 0) {
            throw new ToolFailure("an exponent is at most " + MAX_INTEGER_POWER);
        }
        int power = count.intValueExact();
        long bits = (long) value.bits() * Math.abs((long) power);
        if (stillExact && bits <= MAX_EXACT_BITS + value.bits()) {
            return exactly(value.power(power));
        }
        return about(value.rounded(WORKING).pow(power, Transcendental.PRECISION));
    }

    private Quantity realPower(Quantity exponent) {
        if (value.signum() < 0) {
            throw new ToolFailure(
                    "a negative number to a fractional power is not a real number; cbrt(x) takes the cube root");
        }
        if (value.signum() == 0) {
            return this;
        }
        BigInteger degree = exponent.value.denominator();
        if (exact && exponent.exact && degree.compareTo(BigInteger.valueOf(MAX_ROOT_DEGREE)) <= 0) {
            var root = value.root(degree.intValueExact());
            if (root.isPresent()) {
                return exactly(root.get()).power(exactly(Rational.of(exponent.value.numerator())));
            }
        }
        return exponent.times(naturalLogarithm()).exponential();
    }

    Quantity root(int degree) {
        if (value.signum() < 0 && degree % 2 == 0) {
            throw new ToolFailure("the square root of a negative number is not a real number");
        }
        Quantity ofSize = absolute().power(exactly(new Rational(BigInteger.ONE, BigInteger.valueOf(degree))));
        return value.signum() < 0 ? ofSize.negated() : ofSize;
    }

    Quantity absolute() {
        return value.signum() < 0 ? negated() : this;
    }

    Quantity exponential() {
        if (value.signum() == 0) {
            return new Quantity(Rational.ONE, exact);
        }
        requireRepresentable(value.rounded(MathContext.DECIMAL64).doubleValue() / Math.log(10));
        return about(Transcendental.exp(value.rounded(Transcendental.PRECISION)));
    }

    Quantity naturalLogarithm() {
        requirePositive();
        return value.equals(Rational.ONE)
                ? new Quantity(Rational.ZERO, exact)
                : about(Transcendental.ln(value.rounded(Transcendental.PRECISION)));
    }

    /** The logarithm to an integer base, exact for exact powers of the base. */
    Quantity logarithm(int base) {
        requirePositive();
        Quantity about = naturalLogarithm().dividedBy(exactly(Rational.of(base)).naturalLogarithm());
        Quantity whole = exactly(Rational.of(about.value.roundedToScale(0)));
        return exact && exactly(Rational.of(base)).power(whole).equals(this) ? whole : about;
    }

    private void requirePositive() {
        if (value.signum() <= 0) {
            throw new ToolFailure("a logarithm is of a number above zero");
        }
    }

    private double decimalLogarithm() {
        BigDecimal size = value.rounded(MathContext.DECIMAL64).abs();
        return Math.log10(size.unscaledValue().doubleValue()) - size.scale();
    }

    @Override
    public int compareTo(Quantity other) {
        return value.compareTo(other.value);
    }
}
