package org.mcpagentic.custommcp.tools.csv;

import java.math.BigDecimal;

/** What a cell says. */
sealed interface Cell {

    /** Nothing: empty, NA, N/A, null or NaN. */
    record Missing() implements Cell {}

    /** @param whole whether it is written without decimals or exponent */
    record Numeric(BigDecimal value, boolean whole) implements Cell {}

    /** True or false. */
    record Truth() implements Cell {}

    /**
     * A date or a date with a time (ISO 8601).
     *
     * @param epochSecond in UTC, also where it is written without an offset
     */
    record Moment(long epochSecond, int nano, boolean withTime) implements Cell, Comparable<Moment> {
        @Override
        public int compareTo(Moment other) {
            int bySecond = Long.compare(epochSecond, other.epochSecond);
            return bySecond != 0 ? bySecond : Integer.compare(nano, other.nano);
        }
    }

    /** Anything else. */
    record Text() implements Cell {}
}
