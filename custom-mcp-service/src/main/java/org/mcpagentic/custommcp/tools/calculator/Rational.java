package org.mcpagentic.custommcp.tools.calculator;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/** An exact fraction in lowest terms with a positive denominator. */
record Rational(BigInteger numerator, BigInteger denominator) implements Comparable<Rational> {

    static final Rational ZERO = of(0);
    static final Rational ONE = of(1);

    Rational {
        if (denominator.signum() == 0) {
            throw new ArithmeticException("a fraction's denominator is not zero");
        }
        BigInteger divisor = numerator.gcd(denominator);
        if (denominator.signum() < 0) {
            divisor = divisor.negate();
        }
        if (!divisor.equals(BigInteger.ONE)) {
            numerator = numerator.divide(divisor);
            denominator = denominator.divide(divisor);
        }
    }

    static Rational of(long value) {
        return of(BigInteger.valueOf(value));
    }

    static Rational of(BigInteger value) {
        return new Rational(value, BigInteger.ONE);
    }

    static Rational of(BigDecimal value) {
        return value.scale() <= 0
                ? of(value.toBigIntegerExact())
                : new Rational(value.unscaledValue(), BigInteger.TEN.pow(value.scale()));
    }

    Rational plus(Rational other) {
        return new Rational(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    Rational times(Rational other) {
        return new Rational(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    Rational negated() {
        return new Rational(numerator.negate(), denominator);
    }

    Rational inverse() {
        return new Rational(denominator, numerator);
    }

    /** To an integer power; the caller has made sure that the result stays small. */
    Rational power(int exponent) {
        return exponent < 0
                ? inverse().power(-exponent)
                : new Rational(numerator.pow(exponent), denominator.pow(exponent));
    }

    /** The exact root of a number that is not negative, where it is a fraction. */
    Optional<Rational> root(int degree) {
        BigInteger top = integerRoot(numerator, degree);
        BigInteger bottom = integerRoot(denominator, degree);
        return top.pow(degree).equals(numerator) && bottom.pow(degree).equals(denominator)
                ? Optional.of(new Rational(top, bottom))
                : Optional.empty();
    }

    /** The largest integer whose power is not above the value, by Newton's method from above. */
    private static BigInteger integerRoot(BigInteger value, int degree) {
        if (value.signum() == 0) {
            return value;
        }
        BigInteger guess = BigInteger.ONE.shiftLeft(value.bitLength() / degree + 1);
        BigInteger count = BigInteger.valueOf(degree);
        while (true) {
            BigInteger next = guess.multiply(BigInteger.valueOf(degree - 1L))
                    .add(value.divide(guess.pow(degree - 1)))
                    .divide(count);
            if (next.compareTo(guess) >= 0) {
                return guess;
            }
            guess = next;
        }
    }

    BigInteger floor() {
        BigInteger[] parts = numerator.divideAndRemainder(denominator);
        return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }

    boolean isInteger() {
        return denominator.equals(BigInteger.ONE);
    }

    int signum() {
        return numerator.signum();
    }

    /** The bits of the longer half. */
    int bits() {
        return Math.max(numerator.bitLength(), denominator.bitLength());
    }

    BigDecimal rounded(MathContext precision) {
        return new BigDecimal(numerator).divide(new BigDecimal(denominator), precision);
    }

    /** Rounded half away from zero. */
    BigDecimal roundedToScale(int scale) {
        return new BigDecimal(numerator).divide(new BigDecimal(denominator), scale, RoundingMode.HALF_UP);
    }

    /** All digits, where the decimal expansion ends within so many places. */
    Optional<BigDecimal> terminating(int maxScale) {
        int twos = denominator.getLowestSetBit();
        BigInteger rest = denominator.shiftRight(twos);
        int fives = 0;
        BigInteger five = BigInteger.valueOf(5);
        while (fives <= maxScale && rest.mod(five).signum() == 0) {
            rest = rest.divide(five);
            fives++;
        }
        int scale = Math.max(twos, fives);
        return rest.equals(BigInteger.ONE) && scale <= maxScale
                ? Optional.of(
                        new BigDecimal(numerator).divide(new BigDecimal(denominator), scale, RoundingMode.UNNECESSARY))
                : Optional.empty();
    }

    @Override
    public int compareTo(Rational other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }
}
