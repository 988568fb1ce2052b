package org.mcpagentic.custommcp.tools.csv;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One column, described as its cells pass. */
final class Column {

    private final String name;
    private final CellReader cells;
    private final ValueCounts values;
    private final QuantilePool.Numbers quantiles;
    private final Figures figures = new Figures();

    private final Map<String, Long> missing = new TreeMap<>();
    private long integers;
    private long decimals;
    private long truths;
    private long dates;
    private long dateTimes;
    private long texts;

    private Optional<Cell.Moment> earliest = Optional.empty();
    private Optional<Cell.Moment> latest = Optional.empty();
    private String earliestText = "";
    private String latestText = "";
    private int shortest = Integer.MAX_VALUE;
    private int longest;

    Column(String name, CellReader cells, ValueCounts.Room room, QuantilePool pool) {
        this.name = name;
        this.cells = cells;
        this.values = new ValueCounts(room);
        this.quantiles = pool.column();
    }

    void add(String written) {
        String value = written.strip();
        switch (cells.read(value)) {
            case Cell.Missing nothing -> {
                missing.merge(value, 1L, Long::sum);
                return;
            }
            case Cell.Numeric number -> {
                figures.add(number.value());
                quantiles.add(number.value().doubleValue());
                if (number.whole()) {
                    integers++;
                } else {
                    decimals++;
                }
            }
            case Cell.Truth truth -> truths++;
            case Cell.Moment moment -> add(moment, value);
            case Cell.Text text -> texts++;
        }
        values.add(value);
        int length = value.codePointCount(0, value.length());
        shortest = Math.min(shortest, length);
        longest = Math.max(longest, length);
    }

    private void add(Cell.Moment moment, String value) {
        if (moment.withTime()) {
            dateTimes++;
        } else {
            dates++;
        }
        if (earliest.isEmpty() || moment.compareTo(earliest.get()) < 0) {
            earliest = Optional.of(moment);
            earliestText = value;
        }
        if (latest.isEmpty() || moment.compareTo(latest.get()) > 0) {
            latest = Optional.of(moment);
            latestText = value;
        }
    }

    /** A cell that its row does not have. */
    void addAbsent() {
        missing.merge("", 1L, Long::sum);
    }

    String name() {
        return name;
    }

    /** What all its values are: empty, integer, number, boolean, date, date_time, text, or mixed. */
    String type() {
        if (count() == 0) {
            return "empty";
        }
        if (integers == count()) {
            return "integer";
        }
        if (integers + decimals == count()) {
            return "number";
        }
        if (truths == count()) {
            return "boolean";
        }
        if (dates == count()) {
            return "date";
        }
        if (dates + dateTimes == count()) {
            return "date_time";
        }
        return texts == count() ? "text" : "mixed";
    }

    /** How many values are of each kind, those that occur. */
    Map<String, Long> kinds() {
        Map<String, Long> kinds = new TreeMap<>(Map.of(
                "integer",
                integers,
                "number",
                decimals,
                "boolean",
                truths,
                "date",
                dates,
                "date_time",
                dateTimes,
                "text",
                texts));
        kinds.values().removeIf(count -> count == 0);
        return kinds;
    }

    /** Cells that say something. */
    long count() {
        return integers + decimals + truths + dates + dateTimes + texts;
    }

    /** How often each way to say nothing occurs, as it is written. */
    Map<String, Long> missing() {
        return missing;
    }

    ValueCounts values() {
        return values;
    }

    Figures figures() {
        return figures;
    }

    QuantilePool.Numbers quantiles() {
        return quantiles;
    }

    /** The earliest date as it is written, empty where there is none. */
    String earliest() {
        return earliestText;
    }

    /** The latest date as it is written, empty where there is none. */
    String latest() {
        return latestText;
    }

    /** Of the shortest value, in characters. */
    int shortest() {
        return shortest;
    }

    /** Of the longest value, in characters. */
    int longest() {
        return longest;
    }
}
