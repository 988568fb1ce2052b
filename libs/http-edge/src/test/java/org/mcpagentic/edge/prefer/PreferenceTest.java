package org.mcpagentic.edge.prefer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreferenceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wait=10|10|false",
                "respond-async||true",
                "respond-async, wait=10|10|true",
                "WAIT = 5 , Respond-Async|5|true",
                "wait=\"7\"|7|false",
                "handling=lenient; x=\"a,wait=1\", wait=3; strict|3|false",
                "wait=0|0|false",
                "wait=5, wait=9|5|false"
            })
    void readsWhatTheClientPrefers(
            String header, @org.jspecify.annotations.Nullable Integer seconds, boolean respondAsync) {
        Preference preference = Preference.parse(List.of(header));

        assertThat(preference)
                .isEqualTo(new Preference(Optional.ofNullable(seconds).map(Duration::ofSeconds), respondAsync));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "wait",
                "wait=",
                "wait=-1",
                "wait=1.5",
                "wait=x",
                "wait=9999999999",
                ",,;=",
                "\"wait=1",
                "wait 5"
            })
    void ignoresWhatIsMalformed(String header) {
        Preference preference = Preference.parse(List.of(header));

        assertThat(preference).isEqualTo(Preference.NONE);
    }

    @Test
    void joinsTheLinesOfTheHeader() {
        Preference preference = Preference.parse(List.of("wait=1", "respond-async"));

        assertThat(preference).isEqualTo(new Preference(Optional.of(Duration.ofSeconds(1)), true));
    }

    @Test
    void ignoresAHeaderThatIsFarTooLong() {
        Preference preference = Preference.parse(List.of("\"\"".repeat(100_000) + ", wait=1"));

        assertThat(preference).isEqualTo(Preference.NONE);
    }
}
