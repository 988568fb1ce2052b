package org.mcpagentic.custommcp.tools.csv;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mcpagentic.agent.tool.ToolFailure;

/** The rows of a CSV file (RFC 4180), read one after the other; empty lines are no rows, and any end of a line is a line feed. */
final class Rows {

    /** The most columns of a file. */
    static final int MOST_COLUMNS = 500;

    /** The longest cell, in characters. */
    static final int MOST_CELL_CHARS = 100_000;

    /** The longest row, in characters. */
    static final int MOST_ROW_CHARS = 1_000_000;

    /** More than a cell, by what is read at a time; a power of two, or the parser reads past it. */
    private static final int BUFFER_CHARS = 131_072;

    /** Stands behind the end in a row of its own, unless a quote is still open there; no character of any text. */
    private static final String BEHIND_THE_END = "\uffff";

    /**
     * One row.
     *
     * @param line where it starts, from 1
     */
    record Row(long line, List<String> cells) {
        Row {
            cells = List.copyOf(cells);
        }
    }

    private final Collector collector = new Collector();
    private final CloseableIterator<Row> rows;
    private Optional<Row> ahead;

    Rows(Reader reader, char delimiter) throws IOException {
        this.rows = CsvReader.builder()
                .fieldSeparator(delimiter)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .maxBufferSize(BUFFER_CHARS)
                .build(collector, new Ended(reader))
                .iterator();
        this.ahead = fetch();
    }

    /**
     * The next row, empty behind the last one.
     *
     * @throws ToolFailure where the file is no CSV, or beyond a bound
     */
    Optional<Row> next() throws IOException {
        if (ahead.isEmpty()) {
            return ahead;
        }
        Row row = ahead.get();
        ahead = fetch();
        if (ahead.isPresent()) {
            return Optional.of(row);
        }
        if (collector.quotedLast || !row.cells().equals(List.of(BEHIND_THE_END))) {
            throw new ToolFailure(
                    "a quote is opened in the row that starts in line " + row.line() + " and never closed");
        }
        return Optional.empty();
    }

    private Optional<Row> fetch() throws IOException {
        try {
            return rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (CsvParseException e) {
            throw switch (e.getCause()) {
                case ToolFailure failure -> failure;
                case CsvParseException wrong -> failure(wrong);
                case RuntimeException broken -> broken;
                case null, default -> e;
            };
        }
    }

    private ToolFailure failure(CsvParseException wrong) {
        return new ToolFailure(
                String.valueOf(wrong.getMessage()).contains("maximum buffer size")
                        ? "the row that starts in line %d has a cell of more than %d characters; its quote may never be closed"
                                .formatted(collector.line, MOST_CELL_CHARS)
                        : "in the row that starts in line %d, a quoted cell goes on after its closing quote"
                                .formatted(collector.line));
    }

    /** Collects the cells of a row within the bounds. */
    private static final class Collector extends AbstractBaseCsvCallbackHandler<Row> {
        private final List<String> cells = new ArrayList<>();
        private long line;
        private int chars;
        private boolean quotedLast;

        @Override
        protected void handleBegin(long startingLine) {
            line = startingLine;
            cells.clear();
            chars = 0;
        }

        @Override
        protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
            if (index >= MOST_COLUMNS) {
                throw new ToolFailure(
                        "the row that starts in line %d has more than %d columns".formatted(line, MOST_COLUMNS));
            }
            if (length > MOST_CELL_CHARS) {
                throw new ToolFailure("the row that starts in line %d has a cell of more than %d characters"
                        .formatted(line, MOST_CELL_CHARS));
            }
            chars += length;
            if (chars > MOST_ROW_CHARS) {
                throw new ToolFailure(
                        "the row that starts in line %d has more than %d characters".formatted(line, MOST_ROW_CHARS));
            }
            cells.add(new String(buffer, offset, length));
            quotedLast = quoted;
        }

        @Override
        protected Row buildRecord() {
            return new Row(line, cells);
        }
    }

    /**
     * What another reader gives, each line ending in a line feed, and then a row that tells whether a quote is open.
     */
    private static final class Ended extends Reader {
        private final Reader reader;
        private String rest = "\n" + BEHIND_THE_END;
        private boolean ended;
        private boolean afterReturn;

        Ended(Reader reader) {
            this.reader = reader;
        }

        @Override
        public int read(char[] into, int offset, int length) throws IOException {
            while (!ended) {
                int count = reader.read(into, offset, length);
                if (count < 0) {
                    ended = true;
                } else {
                    int kept = unified(into, offset, count);
                    if (kept > 0) {
                        return kept;
                    }
                }
            }
            if (rest.isEmpty()) {
                return -1;
            }
            int count = Math.min(length, rest.length());
            rest.getChars(0, count, into, offset);
            rest = rest.substring(count);
            return count;
        }

        /** How many characters are left where each line ends in a line feed. */
        // why: the parser loses a cell that has a carriage return without a line feed within its quotes
        private int unified(char[] text, int offset, int length) {
            int kept = offset;
            for (int i = offset; i < offset + length; i++) {
                char character = text[i];
                if (character == '\r') {
                    text[kept++] = '\n';
                } else if (character != '\n' || !afterReturn) {
                    text[kept++] = character;
                }
                afterReturn = character == '\r';
            }
            return kept - offset;
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}
