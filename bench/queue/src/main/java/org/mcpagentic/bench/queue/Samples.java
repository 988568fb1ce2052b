package org.mcpagentic.bench.queue;

import java.util.Arrays;
import java.util.Collection;

/** Numbers in ascending order. */
final class Samples {

    private final double[] ascending;

    private Samples(double[] ascending) {
        this.ascending = ascending;
    }

    static Samples of(Collection<? extends Number> values) {
        return new Samples(
                values.stream().mapToDouble(Number::doubleValue).sorted().toArray());
    }

    static Samples of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Samples(sorted);
    }

    int count() {
        return ascending.length;
    }

    /** The smallest value that so many percent of all are not above, 0 to 100; not a number where there is none. */
    double percentile(double percent) {
        if (ascending.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(percent / 100 * ascending.length);
        return ascending[Math.clamp(rank - 1L, 0, ascending.length - 1)];
    }

    /** The middle one, or the mean of the two in the middle; not a number where there is none. */
    double median() {
        int half = ascending.length / 2;
        if (ascending.length == 0) {
            return Double.NaN;
        }
        return ascending.length % 2 == 1 ? ascending[half] : (ascending[half - 1] + ascending[half]) / 2;
    }

    double max() {
        return ascending.length == 0 ? Double.NaN : ascending[ascending.length - 1];
    }
}
