package org.mcpagentic.models.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitTimesTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | PT0S",
                " 7 | PT7S",
                "1.5 | PT1.5S",
                "0.0000000001 | PT0.000000001S",
                "86399 | PT23H59M59S",
                "99999999999999999 | PT24H",
                "Sun, 22 Nov 2026 10:00:30 GMT | PT30S",
                "Sun, 22 Nov 2026 09:59:30 GMT | PT0S",
                "Fri, 31 Dec 9999 23:59:59 GMT | PT24H"
            })
    void readsSecondsAndDates(String header, Duration expected) {
        assertThat(WaitTimes.retryAfter(header, NOW)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "34s | PT34S",
                "34.074824224s | PT34.074824224S",
                "6m0s | PT6M",
                "1h2m3.5s | PT1H2M3.5S",
                "120ms | PT0.12S",
                "7m12.345s | PT7M12.345S",
                "1us | PT0.000001S",
                "15ns | PT0.000000015S",
                "999999999h | PT24H"
            })
    void readsNumbersWithUnits(String value, Duration expected) {
        assertThat(WaitTimes.units(value)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "soon", "1e9", "NaN", "1 2", "Sun, 99 Nov 2026 10:00:30 GMT", "٣"})
    void readsNothingElseAsTime(String header) {
        assertThat(WaitTimes.retryAfter(header, NOW)).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "-5s", "5s!", "5 s", "5s 5", "5d", "1e3s"})
    void readsNothingElseAsNumbersWithUnits(String value) {
        assertThat(WaitTimes.units(value)).isEqualTo(Optional.empty());
    }
}
