package org.mcpagentic.custommcp.tools.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantilePoolTest {

    /** What NumPy gives for numpy.quantile([1, 2, 4, 8, 16, 32], q). */
    @ParameterizedTest
    @CsvSource({"0, 1", "0.1, 1.5", "0.25, 2.5", "0.5, 6", "0.75, 14", "0.9, 24", "1, 32"})
    void isExactBetweenTheRanks(double quantile, double expected) {
        QuantilePool.Numbers numbers = new QuantilePool().column();
        for (double value : new double[] {32, 1, 16, 2, 8, 4}) {
            numbers.add(value);
        }

        assertThat(numbers.quantile(quantile)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void isNoNumberWhereThereIsNone() {
        QuantilePool.Numbers numbers = new QuantilePool().column();

        assertThat(numbers.quantile(0.5)).isNaN();
    }

    @Test
    void staysWithinDoubles() {
        QuantilePool.Numbers numbers = new QuantilePool().column();
        numbers.add(-1.7e308);
        numbers.add(1.7e308);

        assertThat(numbers.quantile(0.5)).isZero();
    }

    @Test
    void estimatesFromWhereThereAreTooMany() {
        int count = 200_000;
        QuantilePool pool = new QuantilePool(50_000);
        QuantilePool.Numbers few = pool.column();
        QuantilePool.Numbers many = pool.column();
        QuantilePool.Numbers none = pool.column();
        Random random = new Random(5);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = Math.exp(random.nextGaussian());
            many.add(values[i]);
            if (i < 3) {
                few.add(i);
            }
        }
        Arrays.sort(values);

        assertThat(pool.isApproximate()).isTrue();
        assertThat(few.quantile(0.5)).isEqualTo(1);
        assertThat(none.quantile(0.5)).isNaN();
        for (double quantile : new double[] {0.001, 0.01, 0.25, 0.5, 0.75, 0.99, 0.999}) {
            double estimate = many.quantile(quantile);
            double rank = Math.abs(Arrays.binarySearch(values, estimate)) / (double) count;
            assertThat(rank).as("rank of the estimate of %s", quantile).isCloseTo(quantile, within(0.003));
        }
        assertThat(many.quantile(0)).isEqualTo(values[0]);
        assertThat(many.quantile(1)).isEqualTo(values[count - 1]);
    }
}
