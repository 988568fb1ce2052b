package org.mcpagentic.custommcp.tools.csv;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mcpagentic.agent.tool.ToolFailure;

/** Rows that have the same value in one column. */
final class Groups {

    /** The most groups. */
    static final int MOST_GROUPS = 1_000;

    /** The longest value of a group, in characters. */
    static final int MOST_VALUE_CHARS = 1_000;

    /** One group. */
    static final class Group {
        private final String value;
        private final List<Figures> figures = new ArrayList<>();
        private long rows;

        private Group(String value, int aggregates) {
            this.value = value;
            for (int i = 0; i < aggregates; i++) {
                figures.add(new Figures());
            }
        }

        /** What the rows have in common; empty where they have nothing there. */
        String value() {
            return value;
        }

        long rows() {
            return rows;
        }

        /** The figures of each column that is aggregated. */
        List<Figures> figures() {
            return figures;
        }
    }

    private final String by;
    private final int byIndex;
    private final List<String> aggregates;
    private final int[] indexes;
    private final CellReader cells;
    private final Map<String, Group> groups = new HashMap<>();

    /**
     * @param by the index of the column that forms them
     * @param aggregates the indexes of those that are summed up
     */
    Groups(List<String> names, int by, List<Integer> aggregates, CellReader cells) {
        this.by = names.get(by);
        this.byIndex = by;
        this.aggregates = aggregates.stream().map(names::get).toList();
        this.indexes = aggregates.stream().mapToInt(Integer::intValue).toArray();
        this.cells = cells;
    }

    /** @throws ToolFailure where there are too many groups */
    void add(List<String> row) {
        String value = byIndex < row.size() ? row.get(byIndex).strip() : "";
        Group group = groups.get(value);
        if (group == null) {
            group = new Group(bounded(value), indexes.length);
            groups.put(value, group);
        }
        group.rows++;
        for (int i = 0; i < indexes.length; i++) {
            if (indexes[i] < row.size() && cells.read(row.get(indexes[i])) instanceof Cell.Numeric number) {
                group.figures.get(i).add(number.value());
            }
        }
    }

    private String bounded(String value) {
        if (groups.size() == MOST_GROUPS) {
            throw new ToolFailure("the column \"%s\" has more than %d different values; group by one that has fewer"
                    .formatted(by, MOST_GROUPS));
        }
        if (value.length() > MOST_VALUE_CHARS) {
            throw new ToolFailure("the column \"%s\" has values of more than %d characters; group by another one"
                    .formatted(by, MOST_VALUE_CHARS));
        }
        return value;
    }

    String by() {
        return by;
    }

    List<String> aggregates() {
        return aggregates;
    }

    /** All groups, those of the most rows first, then in order of their values. */
    List<Group> all() {
        return groups.values().stream()
                .sorted(Comparator.comparingLong(Group::rows).reversed().thenComparing(Group::value))
                .toList();
    }
}
