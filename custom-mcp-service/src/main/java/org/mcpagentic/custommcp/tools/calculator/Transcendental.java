package org.mcpagentic.custommcp.tools.calculator;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** Exponential and logarithm to more digits than a {@link Quantity} keeps, so that its last digit is right. */
final class Transcendental {

    static final MathContext PRECISION = new MathContext(Quantity.WORKING_DIGITS + 30, RoundingMode.HALF_EVEN);

    static final BigDecimal PI = new BigDecimal(
            "3.1415926535897932384626433832795028841971693993751058209749445923078164062862089986280348253421170679");
    static final BigDecimal E = new BigDecimal(
            "2.7182818284590452353602874713526624977572470936999595749669676277240766303535475945713821785251664274");

    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final BigDecimal NEAR_ONE = new BigDecimal("1e-5");
    private static final BigDecimal NEGLIGIBLE = BigDecimal.ONE.movePointLeft(PRECISION.getPrecision() + 2);
    private static final BigDecimal LN_10 = byHalley(BigDecimal.TEN);

    private Transcendental() {}

    /** By Taylor's series near zero, then squaring back; for arguments below 10,000 in size. */
    static BigDecimal exp(BigDecimal x) {
        int halvings = Math.max(0, x.precision() - x.scale()) * 4 + 8;
        BigDecimal small = x.divide(new BigDecimal(BigInteger.TWO.pow(halvings)), PRECISION);
        BigDecimal sum = BigDecimal.ONE;
        BigDecimal term = BigDecimal.ONE;
        for (int n = 1; term.abs().compareTo(NEGLIGIBLE) > 0; n++) {
            term = term.multiply(small, PRECISION).divide(BigDecimal.valueOf(n), PRECISION);
            sum = sum.add(term, PRECISION);
        }
        for (int i = 0; i < halvings; i++) {
            sum = sum.multiply(sum, PRECISION);
        }
        return sum;
    }

    /** The natural logarithm of a number above zero. */
    static BigDecimal ln(BigDecimal x) {
        if (x.subtract(BigDecimal.ONE).abs().compareTo(NEAR_ONE) < 0) {
            return nearOne(x);
        }
        int exponent = x.precision() - x.scale() - 1;
        BigDecimal mantissa = x.movePointLeft(exponent);
        BigDecimal ofMantissa = mantissa.subtract(BigDecimal.ONE).abs().compareTo(NEAR_ONE) < 0
                ? nearOne(mantissa)
                : byHalley(mantissa);
        return ofMantissa.add(LN_10.multiply(BigDecimal.valueOf(exponent)), PRECISION);
    }

    /** 2 artanh((x-1)/(x+1)): keeps its relative precision where the logarithm is almost zero. */
    private static BigDecimal nearOne(BigDecimal x) {
        BigDecimal z = x.subtract(BigDecimal.ONE).divide(x.add(BigDecimal.ONE), PRECISION);
        BigDecimal square = z.multiply(z, PRECISION);
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal power = z;
        // why: each term is smaller by 10^-10 at least
        for (int n = 1; n <= PRECISION.getPrecision() / 5; n += 2) {
            sum = sum.add(power.divide(BigDecimal.valueOf(n), PRECISION), PRECISION);
            power = power.multiply(square, PRECISION);
        }
        return sum.multiply(TWO, PRECISION);
    }

    /** From a double's 15 digits to 45 and to 135. */
    private static BigDecimal byHalley(BigDecimal x) {
        BigDecimal y = BigDecimal.valueOf(Math.log(x.doubleValue()));
        for (int i = 0; i < 3; i++) {
            BigDecimal e = exp(y);
            y = y.add(TWO.multiply(x.subtract(e)).divide(x.add(e), PRECISION), PRECISION);
        }
        return y;
    }
}
