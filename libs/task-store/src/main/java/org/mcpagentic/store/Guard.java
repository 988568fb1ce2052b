package org.mcpagentic.store;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A bound that a transition evaluates as part of its one atomic write. The store knows no policy; whoever calls names what is
 * counted. All of a transition's guards pass, or none is charged.
 */
public sealed interface Guard {

    /** What is counted, such as {@code rate:k0-abc}; unique within the tenant's shard, without blanks. */
    String name();

    /** What kind of bound it is. */
    Kind kind();

    /** What a bound counts. */
    enum Kind {
        RATE,
        SLOTS,
        BUDGET
    }

    /**
     * A token bucket: holds {@code burst} requests, and gets one back every {@code interval}.
     *
     * @param interval more than zero; counted in microseconds
     * @param burst 1 or more
     * @see <a href="https://www.itu.int/rec/T-REC-I.371">ITU-T I.371, generic cell rate algorithm</a>
     */
    record Rate(String name, Duration interval, long burst) implements Guard {

        public Rate {
            checkName(name);
            if (!interval.isPositive() || burst < 1) {
                throw new IllegalArgumentException("a rate's interval and burst are more than zero");
            }
        }

        @Override
        public Kind kind() {
            return Kind.RATE;
        }
    }

    /**
     * How many things may be under way at once. A task holds its place until it ends, a question until it is settled.
     *
     * @param limit 1 or more
     * @param longest after which a place is free again though nobody gave it back, more than zero
     */
    record Slots(String name, long limit, Duration longest) implements Guard {

        public Slots {
            checkName(name);
            if (limit < 1 || !longest.isPositive()) {
                throw new IllegalArgumentException("slots are more than zero, and held for more than zero");
            }
        }

        @Override
        public Kind kind() {
            return Kind.SLOTS;
        }
    }

    /**
     * How much may be used within a window. What is taken is an estimate, which settling corrects.
     *
     * @param cost how much this takes, 0 or more
     * @param limit how much there is, 0 or more
     * @param window after which the count is dropped, from when it was first charged; more than zero
     */
    record Budget(String name, long cost, long limit, Duration window) implements Guard {

        public Budget {
            checkName(name);
            if (cost < 0 || limit < 0 || !window.isPositive()) {
                throw new IllegalArgumentException(
                        "a budget's cost and limit are not negative, its window is more than zero");
            }
        }

        @Override
        public Kind kind() {
            return Kind.BUDGET;
        }
    }

    private static void checkName(String name) {
        if (!Names.VALID.matcher(name).matches()) {
            throw new IllegalArgumentException("a guard's name is 1 to 256 characters without blanks");
        }
    }

    /** What names may look like. */
    final class Names {
        private static final Pattern VALID = Pattern.compile("[!-~]{1,256}");

        private Names() {}
    }
}
