package org.mcpagentic.custommcp.tools.csv;

import com.tdunning.math.stats.MergingDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The numbers of all columns, kept until there are too many, from then on as one t-digest for each column (Dunning 2021,
 * doi:10.1016/j.simpa.2020.100049).
 */
final class QuantilePool {

    /** How many numbers are kept in all, of 8 bytes. */
    static final int MOST_KEPT = 1_000_000;

    /** How fine a digest is; its quantiles are some 0.1 % of the ranks off in the middle, less at the ends. */
    private static final double COMPRESSION = 200;

    private final List<Numbers> columns = new ArrayList<>();
    private final int most;
    private int kept;
    private boolean digesting;

    QuantilePool() {
        this(MOST_KEPT);
    }

    QuantilePool(int most) {
        this.most = most;
    }

    /** The numbers of one more column. */
    Numbers column() {
        Numbers numbers = new Numbers();
        columns.add(numbers);
        return numbers;
    }

    /** Whether quantiles are approximate. */
    boolean isApproximate() {
        return digesting;
    }

    private void makeRoom() {
        if (!digesting && kept == most) {
            digesting = true;
            columns.forEach(Numbers::digest);
        }
    }

    /** The numbers of a column. */
    final class Numbers {
        private double[] values = new double[16];
        private int size;
        private boolean sorted;
        private Optional<MergingDigest> digest = Optional.empty();

        void add(double value) {
            makeRoom();
            if (digesting) {
                if (digest.isEmpty()) {
                    digest = Optional.of(new MergingDigest(COMPRESSION));
                }
                digest.get().add(value);
                return;
            }
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = value;
            sorted = false;
            kept++;
        }

        private void digest() {
            if (size > 0) {
                MergingDigest made = new MergingDigest(COMPRESSION);
                for (int i = 0; i < size; i++) {
                    made.add(values[i]);
                }
                digest = Optional.of(made);
            }
            values = new double[0];
            size = 0;
        }

        /**
         * Between the two nearest ranks, as NumPy, R (type 7) and spreadsheets have it; not a number where there is none.
         *
         * @param quantile from 0 to 1
         */
        double quantile(double quantile) {
            if (digest.isPresent()) {
                return digest.get().quantile(quantile);
            }
            if (size == 0) {
                return Double.NaN;
            }
            if (!sorted) {
                Arrays.sort(values, 0, size);
                sorted = true;
            }
            double rank = quantile * (size - 1);
            int below = (int) rank;
            int above = Math.min(below + 1, size - 1);
            double part = rank - below;
            // why not the difference: it may be beyond a double
            return part == 0 ? values[below] : values[below] * (1 - part) + values[above] * part;
        }
    }
}
