package org.mcpagentic.custommcp.tools.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mcpagentic.agent.tool.ToolFailure;

class RowsTest {

    private static List<List<String>> read(Reader reader) throws IOException {
        Rows rows = new Rows(reader, ',');
        List<List<String>> all = new ArrayList<>();
        for (Optional<Rows.Row> row = rows.next(); row.isPresent(); row = rows.next()) {
            all.add(row.get().cells());
        }
        return all;
    }

    private static List<List<String>> read(String csv) throws IOException {
        return read(new StringReader(csv));
    }

    @Test
    void readsLinesOfAnyEnd() throws IOException {
        assertThat(read("a,b\r\n1,2\n3,4\r5,\"6\r\n7\"\n\n8,"))
                .containsExactly(
                        List.of("a", "b"),
                        List.of("1", "2"),
                        List.of("3", "4"),
                        List.of("5", "6\n7"),
                        List.of("8", ""));
    }

    /** The parser alone loses the second cell of each of these. */
    @Test
    void keepsCellsWithCarriageReturns() throws IOException {
        assertThat(read("a,\"b\r\"\nc,\"d\re\"\n")).containsExactly(List.of("a", "b\n"), List.of("c", "d\ne"));
    }

    @Test
    void readsNothingFromNothing() throws IOException {
        assertThat(read("")).isEmpty();
        assertThat(read("\n\r\n\r")).isEmpty();
    }

    @Test
    void takesWhatEndsItselfForTextElsewhere() throws IOException {
        assertThat(read("\uffff\n\uffff")).containsExactly(List.of("\uffff"), List.of("\uffff"));
        assertThat(read("\"\uffff\"")).containsExactly(List.of("\uffff"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "a,b{1,\"2{3,4|starts in line 2 and never closed",
                "\"|starts in line 1 and never closed",
                "a{\"b{|starts in line 2 and never closed",
                "a,\"\"\"|starts in line 1 and never closed",
                "a{\"x{y\"{b,\"c|starts in line 4 and never closed",
                "a{b{\"c\"d{e|line 3, a quoted cell goes on",
                "\"a\" ,b|line 1, a quoted cell goes on",
            })
    void saysWhereAQuoteIsWrong(String csv, String expected) {
        assertThatThrownBy(() -> read(csv.replace('{', '\n')))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining(expected);
    }

    @Test
    void boundsWhatARowMayHold() {
        assertThatThrownBy(() -> read("a\nb\n" + "x".repeat(Rows.MOST_CELL_CHARS + 1)))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining("line 3")
                .hasMessageContaining("more than 100000 characters");
        assertThatThrownBy(() -> read("a,".repeat(1_000_000)))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining("line 1 has more than 500 columns");
        assertThatThrownBy(() -> read(("x".repeat(90_000) + ",").repeat(20)))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining("more than 1000000 characters");
    }

    @Test
    void readsACellAsLongAsItMayBe() throws IOException {
        String longest = "x".repeat(Rows.MOST_CELL_CHARS);

        assertThat(read("a," + longest + "\n\"" + longest + "\",b"))
                .containsExactly(List.of("a", longest), List.of(longest, "b"));
    }

    @Test
    void endsInACellThatNeverDoes() {
        Reader endless = new Reader() {
            private long given;

            @Override
            public int read(char[] into, int offset, int length) {
                into[offset] = given == 0 ? '"' : 'x';
                Arrays.fill(into, offset + 1, offset + length, 'x');
                given += length;
                assertThat(given).isLessThan(1_000_000);
                return length;
            }

            @Override
            public void close() {}
        };

        assertThatThrownBy(() -> read(endless))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining("its quote may never be closed");
    }

    /** Writes as RFC 4180 has it, and reads it back. */
    @Test
    void readsBackWhatWasWritten() throws IOException {
        Random random = new Random(17);
        String[] parts = {"a", "\"", ",", "\n", "\r\n", "\r", ";", " ", "\u00fc", "\ud83c\udf0a", "1", "\u0000", "'"};
        for (int i = 0; i < 3_000; i++) {
            List<List<String>> rows = new ArrayList<>();
            StringBuilder csv = new StringBuilder();
            for (int r = 1 + random.nextInt(5); r > 0; r--) {
                List<String> row = new ArrayList<>();
                for (int c = 1 + random.nextInt(4); c > 0; c--) {
                    StringBuilder cell = new StringBuilder();
                    for (int n = random.nextInt(5); n > 0; n--) {
                        cell.append(parts[random.nextInt(parts.length)]);
                    }
                    row.add(cell.toString());
                }
                rows.add(row);
                csv.append(String.join(
                                ",",
                                row.stream()
                                        .map(cell -> "\"" + cell.replace("\"", "\"\"") + "\"")
                                        .toList()))
                        .append(random.nextBoolean() ? "\r\n" : "\n");
            }
            List<List<String>> expected = rows.stream()
                    .map(row -> row.stream()
                            .map(cell -> cell.replaceAll("\r\n?", "\n"))
                            .toList())
                    .toList();
            assertThat(read(csv.toString())).as("%s", csv).isEqualTo(expected);
        }
    }

    @Test
    void endsOnAnyTextWithRowsOrAFailure() throws IOException {
        Random random = new Random(19);
        String[] parts = {"\"", ",", "\n", "\r", "x", "\"\"", "\uffff", "\u0000"};
        for (int i = 0; i < 20_000; i++) {
            StringBuilder csv = new StringBuilder();
            for (int n = random.nextInt(12); n > 0; n--) {
                csv.append(parts[random.nextInt(parts.length)]);
            }
            try {
                assertThat(read(csv.toString()).size()).isLessThanOrEqualTo(csv.length());
            } catch (ToolFailure failure) {
                assertThat(failure).as("%s", csv).message().contains("line ").contains("quote");
            }
        }
    }
}
