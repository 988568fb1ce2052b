package org.mcpagentic.custommcp.tools.csv;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How often each value of a column occurs, as long as there are few; values are told apart as they are written. */
final class ValueCounts {

    /** The most values of a column that are counted. */
    static final int MOST_VALUES = 10_000;

    /** What the values of all columns may take. */
    static final class Room {
        /** Of the values' characters. */
        static final int MOST_CHARS = 4_000_000;

        /** In number. */
        static final int MOST_ENTRIES = 100_000;

        private int chars;
        private int entries;

        private boolean takes(String value) {
            if (entries == MOST_ENTRIES || chars + value.length() > MOST_CHARS) {
                return false;
            }
            entries++;
            chars += value.length();
            return true;
        }

        private void leave(Map<String, Count> values) {
            entries -= values.size();
            values.keySet().forEach(value -> chars -= value.length());
        }
    }

    /** A number that goes up. */
    private static final class Count {
        private long times;
    }

    /** A value and how often it occurs. */
    record Frequency(String value, long times) {}

    private final Room room;
    private Map<String, Count> counts = new HashMap<>();
    private boolean complete = true;
    private int reached;

    ValueCounts(Room room) {
        this.room = room;
    }

    void add(String value) {
        if (!complete) {
            return;
        }
        Count count = counts.get(value);
        if (count == null) {
            if (counts.size() == MOST_VALUES || !room.takes(value)) {
                giveUp();
                return;
            }
            count = new Count();
            counts.put(value, count);
            reached++;
        }
        count.times++;
    }

    private void giveUp() {
        complete = false;
        room.leave(counts);
        counts = new HashMap<>();
    }

    /** Whether every value was counted; if not, there are more than {@link #distinct()}. */
    boolean isComplete() {
        return complete;
    }

    int distinct() {
        return reached;
    }

    /** The most frequent values, the first in order where two are equally frequent; none where counting was given up. */
    List<Frequency> top(int most) {
        return counts.entrySet().stream()
                .map(entry -> new Frequency(entry.getKey(), entry.getValue().times))
                .sorted(Comparator.comparingLong(Frequency::times).reversed().thenComparing(Frequency::value))
                .limit(most)
                .toList();
    }
}
