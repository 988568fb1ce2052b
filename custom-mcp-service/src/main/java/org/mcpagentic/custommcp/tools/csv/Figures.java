package org.mcpagentic.custommcp.tools.csv;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import java.util.OptionalDouble;

/** Count, bounds, sum, mean and spread of numbers, found out as they pass. */
final class Figures {

    private long count;
    private BigDecimal sum = BigDecimal.ZERO;
    private Optional<BigDecimal> least = Optional.empty();
    private Optional<BigDecimal> greatest = Optional.empty();
    private double runningMean;
    private double squares;

    void add(BigDecimal value) {
        count++;
        sum = sum.add(value);
        if (least.isEmpty() || value.compareTo(least.get()) < 0) {
            least = Optional.of(value);
        }
        if (greatest.isEmpty() || value.compareTo(greatest.get()) > 0) {
            greatest = Optional.of(value);
        }
        // Welford 1962, doi:10.1080/00401706.1962.10490022
        double number = value.doubleValue();
        double before = number - runningMean;
        runningMean += before / count;
        squares += before * (number - runningMean);
    }

    long count() {
        return count;
    }

    /** Exact. */
    BigDecimal sum() {
        return sum;
    }

    Optional<BigDecimal> least() {
        return least;
    }

    Optional<BigDecimal> greatest() {
        return greatest;
    }

    /** Of the exact sum, to 34 digits; empty where nothing was added. */
    Optional<BigDecimal> mean() {
        return count == 0
                ? Optional.empty()
                : Optional.of(sum.divide(BigDecimal.valueOf(count), MathContext.DECIMAL128));
    }

    /** The standard deviation of a sample (n - 1); empty below two numbers and where it is beyond a double. */
    OptionalDouble deviation() {
        double deviation = Math.sqrt(squares / (count - 1));
        return count > 1 && Double.isFinite(deviation) ? OptionalDouble.of(deviation) : OptionalDouble.empty();
    }
}
