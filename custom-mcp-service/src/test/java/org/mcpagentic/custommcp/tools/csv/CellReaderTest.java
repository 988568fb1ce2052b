package org.mcpagentic.custommcp.tools.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellReaderTest {

    private final CellReader cells = new CellReader(false);

    @ParameterizedTest
    @CsvSource({
        "0, true",
        "-0, true",
        "+5, true",
        "1234567890123456789012345678901234567890, true",
        "1.5, false",
        ".5, false",
        "5., false",
        "-0.001, false",
        "1e3, false",
        "1E-300, false",
        "2.5e+10, false"
    })
    void readsNumbers(String written, boolean whole) {
        Cell cell = cells.read(written);

        assertThat(cell).isEqualTo(new Cell.Numeric(new BigDecimal(written), whole));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "007",
                "-01",
                "1,5",
                "1 000",
                "1'000",
                "0x10",
                "1e301",
                "9999999999e300",
                "1e999999999",
                "1e99999999999999999999",
                "1e",
                "e5",
                "1e+",
                ".",
                "-",
                "+",
                "--1",
                "1-",
                "1.2.3",
                "12345678901234567890123456789012345678901",
                "Infinity",
                "-inf",
                "\u0661\u0662",
                "\uff11",
                "=1+1",
                "=HYPERLINK(\"http://evil.test\")",
                "@SUM(A1)",
                "+cmd|' /C calc'!A0",
                "truthy",
                "yes",
                "2026-13-01",
                "2026-02-30",
                "2026-1-1",
                "01/02/2026",
                "2026-01-01X",
                "2026-01-01T25:00",
                "2026-01-01T10:00+99:00",
                "99999-01-01",
                "\u0000",
            })
    void takesTheRestForText(String written) {
        assertThat(cells.read(written)).isEqualTo(new Cell.Text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "NA", "na", "N/A", "null", "NULL", "NaN", " nan "})
    void knowsWhatMeansMissing(String written) {
        assertThat(cells.read(written)).isEqualTo(new Cell.Missing());
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "FALSE", " True "})
    void knowsTruth(String written) {
        assertThat(cells.read(written)).isEqualTo(new Cell.Truth());
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01-01, 0, 0, false",
        "2024-02-29, 1709164800, 0, false",
        "1970-01-01T00:00:01, 1, 0, true",
        "1970-01-01 00:00, 0, 0, true",
        "1970-01-01T00:00:00Z, 0, 0, true",
        "1970-01-01T01:00:00+01:00, 0, 0, true",
        "1970-01-01T00:00:00.5Z, 0, 500000000, true",
        "1969-12-31T23:59:59-00:00, -1, 0, true"
    })
    void readsDates(String written, long epochSecond, int nano, boolean withTime) {
        assertThat(cells.read(written)).isEqualTo(new Cell.Moment(epochSecond, nano, withTime));
    }

    @Test
    void readsDecimalCommasWhereTheyAreMeant() {
        CellReader comma = new CellReader(true);

        assertThat(comma.read("-1,25")).isEqualTo(new Cell.Numeric(new BigDecimal("-1.25"), false));
        assertThat(comma.read("12")).isEqualTo(new Cell.Numeric(new BigDecimal("12"), true));
        assertThat(comma.read("1.5")).isEqualTo(new Cell.Text());
        assertThat(comma.read(",5e2")).isEqualTo(new Cell.Numeric(new BigDecimal(".5e2"), false));
    }
}
