package org.mcpagentic.custommcp.tools.csv;

import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mcpagentic.agent.tool.ToolFailure;

/** What was found out about a CSV file. */
public final class Summary {

    /** What is looked at to find out the delimiter. */
    private static final int SAMPLE_CHARS = 65_536;

    private static final int ROWS_BETWEEN_PAUSES = 1_000;

    private static final int MOST_NAME_CHARS = 100;

    /** Rows that are not as long as the first one. */
    static final class Ragged {
        private long rows;
        private long firstLine;

        private void add(Rows.Row row) {
            if (rows++ == 0) {
                firstLine = row.line();
            }
        }

        long rows() {
            return rows;
        }

        /** Where the first of them starts. */
        long firstLine() {
            return firstLine;
        }
    }

    private final Query query;
    private final char delimiter;
    private final boolean hasHeader;
    private final List<String> names;
    private final List<Integer> described;
    private final List<Column> columns;
    private final Optional<Groups> groups;
    private final QuantilePool pool = new QuantilePool();
    private final Ragged shortRows = new Ragged();
    private final Ragged longRows = new Ragged();
    private long rows;

    private Summary(Query query, char delimiter, List<String> firstRow) {
        CellReader cells = new CellReader(query.decimalComma());
        this.query = query;
        this.delimiter = delimiter;
        this.hasHeader = switch (query.header()) {
            case AUTO -> Dialect.isHeader(firstRow, cells);
            case FIRST_ROW -> true;
            case NONE -> false;
        };
        this.names = names(firstRow);
        this.described = query.columns().isEmpty()
                ? indexes(names)
                : query.columns().stream().map(this::index).distinct().toList();
        ValueCounts.Room room = new ValueCounts.Room();
        this.columns = described.stream()
                .map(index -> new Column(names.get(index), cells, room, pool))
                .toList();
        this.groups = query.groupBy()
                .map(by -> new Groups(
                        names,
                        index(by),
                        query.aggregate().stream().map(this::index).distinct().toList(),
                        cells));
    }

    /**
     * Reads a file to its end.
     *
     * @throws ToolFailure where it is no CSV, beyond a bound, or does not have what is asked for
     * @throws InterruptedException where the thread was interrupted meanwhile
     */
    public static Summary of(Reader reader, Query query) throws IOException, InterruptedException {
        PushbackReader peeked = new PushbackReader(reader, SAMPLE_CHARS);
        String sample = sample(peeked);
        if (sample.indexOf('\0') >= 0) {
            throw new ToolFailure(
                    "there are NUL characters in it: it is no CSV, or of another encoding, such as utf-16");
        }
        char delimiter = query.delimiter().orElseGet(() -> Dialect.delimiter(sample, sample.length() < SAMPLE_CHARS));
        Rows rows = new Rows(peeked, delimiter);
        Rows.Row first = rows.next().orElseThrow(() -> new ToolFailure("the CSV is empty"));
        Summary summary = new Summary(query, delimiter, first.cells());
        if (!summary.hasHeader) {
            summary.add(first);
        }
        summary.addAll(rows);
        return summary;
    }

    private static String sample(PushbackReader reader) throws IOException {
        char[] buffer = new char[SAMPLE_CHARS];
        int length = 0;
        int count = 0;
        while (count >= 0 && length < buffer.length) {
            length += count;
            count = length < buffer.length ? reader.read(buffer, length, buffer.length - length) : -1;
        }
        reader.unread(buffer, 0, length);
        return new String(buffer, 0, length);
    }

    private void addAll(Rows rest) throws IOException, InterruptedException {
        Optional<Rows.Row> row = rest.next();
        while (row.isPresent()) {
            add(row.get());
            if (rows % ROWS_BETWEEN_PAUSES == 0) {
                pause();
            }
            row = rest.next();
        }
    }

    // why: other virtual threads share the carrier, and nothing but this lets them in
    @SuppressWarnings("ThreadPriorityCheck")
    private static void pause() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Thread.yield();
    }

    private void add(Rows.Row row) {
        List<String> cells = row.cells();
        rows++;
        if (cells.size() < names.size()) {
            shortRows.add(row);
        } else if (cells.size() > names.size()) {
            longRows.add(row);
        }
        for (int i = 0; i < columns.size(); i++) {
            int index = described.get(i);
            if (index < cells.size()) {
                columns.get(i).add(cells.get(index));
            } else {
                columns.get(i).addAbsent();
            }
        }
        groups.ifPresent(known -> known.add(cells));
    }

    /** As the first row has them; column_N where it has none, numbered where one occurs again. */
    private List<String> names(List<String> firstRow) {
        List<String> unique = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < firstRow.size(); i++) {
            String written = hasHeader ? firstRow.get(i).strip() : "";
            String name = written.isEmpty() ? "column_" + (i + 1) : abridged(written, MOST_NAME_CHARS);
            String free = name;
            for (int n = 2; !taken.add(free); n++) {
                free = name + " (" + n + ")";
            }
            unique.add(free);
        }
        return List.copyOf(unique);
    }

    private static List<Integer> indexes(List<String> names) {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            all.add(i);
        }
        return all;
    }

    /** Where a column stands that is named exactly so, or so but for upper and lower case. */
    private int index(String name) {
        int exact = names.indexOf(name);
        if (exact >= 0) {
            return exact;
        }
        List<Integer> similar = indexes(names).stream()
                .filter(index -> names.get(index).equalsIgnoreCase(name.strip()))
                .toList();
        if (similar.size() == 1) {
            return similar.getFirst();
        }
        throw new ToolFailure("there is no column \"%s\"; there are %s"
                .formatted(abridged(name, MOST_NAME_CHARS), abridged(String.join(", ", names), 1_000)));
    }

    static String abridged(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "\u2026";
    }

    Query query() {
        return query;
    }

    char delimiter() {
        return delimiter;
    }

    /** Whether the first row was taken for names. */
    boolean hasHeader() {
        return hasHeader;
    }

    /** Without the header. */
    long rows() {
        return rows;
    }

    /** How many columns the file has. */
    int width() {
        return names.size();
    }

    /** Those that are described, in the order in which they were asked for. */
    List<Column> columns() {
        return columns;
    }

    Optional<Groups> groups() {
        return groups;
    }

    /** Whether there were too many numbers to keep, so that quantiles are estimates. */
    boolean isApproximate() {
        return pool.isApproximate();
    }

    /** Rows with fewer cells than the first one; what they lack counts as missing. */
    Ragged shortRows() {
        return shortRows;
    }

    /** Rows with more cells than the first one; what they have too much is not looked at. */
    Ragged longRows() {
        return longRows;
    }
}
