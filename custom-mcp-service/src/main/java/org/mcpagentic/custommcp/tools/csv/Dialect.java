package org.mcpagentic.custommcp.tools.csv;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds out how a CSV file is written. */
final class Dialect {

    /** In order of preference where two fit equally. */
    private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');

    /** How many records are looked at. */
    private static final int RECORDS = 50;

    private Dialect() {}

    /**
     * The delimiter that divides the most records into the same number of cells.
     *
     * @param sample the file's beginning
     * @param whole whether that is all there is; if not, its last record is taken for incomplete
     */
    static char delimiter(String sample, boolean whole) {
        char best = DELIMITERS.getFirst();
        double bestShare = 0;
        int bestCells = 0;
        for (char candidate : DELIMITERS) {
            List<Integer> counts = counts(sample, whole, candidate);
            Map<Integer, Integer> frequencies = new HashMap<>();
            counts.forEach(count -> frequencies.merge(count, 1, Integer::sum));
            frequencies.remove(0);
            for (Map.Entry<Integer, Integer> each : frequencies.entrySet()) {
                double share = (double) each.getValue() / counts.size();
                if (share > bestShare || (share == bestShare && each.getKey() > bestCells)) {
                    best = candidate;
                    bestShare = share;
                    bestCells = each.getKey();
                }
            }
        }
        return best;
    }

    /** How often the delimiter stands outside of quotes in each record that is not empty. */
    private static List<Integer> counts(String sample, boolean whole, char delimiter) {
        List<Integer> counts = new ArrayList<>();
        boolean quoted = false;
        boolean empty = true;
        int count = 0;
        for (int i = 0; i < sample.length() && counts.size() < RECORDS; i++) {
            char character = sample.charAt(i);
            if (!quoted && (character == '\n' || character == '\r')) {
                if (!empty) {
                    counts.add(count);
                }
                empty = true;
                count = 0;
                continue;
            }
            empty = false;
            if (character == '"') {
                quoted = !quoted;
            } else if (character == delimiter && !quoted) {
                count++;
            }
        }
        if (!empty && (whole || counts.isEmpty())) {
            counts.add(count);
        }
        return counts;
    }

    /** Whether a first row names columns: no cell is a value other than text, no two are equal, most say something. */
    static boolean isHeader(List<String> firstRow, CellReader cells) {
        Set<String> names = new HashSet<>();
        for (String cell : firstRow) {
            switch (cells.read(cell)) {
                case Cell.Missing missing -> {}
                case Cell.Text text -> {
                    if (!names.add(cell.strip())) {
                        return false;
                    }
                }
                case Cell.Numeric number -> {
                    return false;
                }
                case Cell.Truth truth -> {
                    return false;
                }
                case Cell.Moment moment -> {
                    return false;
                }
            }
        }
        return names.size() * 2 > firstRow.size();
    }
}
