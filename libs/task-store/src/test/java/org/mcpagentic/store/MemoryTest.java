package org.mcpagentic.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be remembered, and under which keys. */
class MemoryTest {

    private static final MemoryKey KEY = new MemoryKey("key");

    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "user/name", "a.b_c-d:e/f", "2027-03-01"})
    void aKeyIsOfTheStatedAlphabet(String key) {
        assertThat(new MemoryKey(key)).hasToString(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "a b", "/a", "-a", ".", "\u00e9", "a{b}", "a\n", "a*", "\u0661"})
    void noOtherKeyIsTaken(String key) {
        assertThatThrownBy(() -> new MemoryKey(key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 128 characters of a-z, 0-9");
    }

    @Test
    void aKeyHasAtMost128Characters() {
        assertThat(new MemoryKey("k".repeat(128)).value()).hasSize(128);
        assertThatThrownBy(() -> new MemoryKey("k".repeat(129))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aValueHasAtMost16KiBInUtf8() {
        assertThat(new NewMemory(KEY, "\u00e9".repeat(8_192), Optional.empty()).bytes())
                .isEqualTo(3 + 16_384);
        assertThatThrownBy(() -> new NewMemory(KEY, "\u00e9".repeat(8_193), Optional.empty()))
                .hasMessageContaining("16386 bytes in UTF-8; at most 16384");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "half \ud83d", "\ude00 half"})
    void aValueIsTextOfUnicode(String value) {
        assertThatThrownBy(() -> new NewMemory(KEY, value, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"PT1S, true", "P365D, true", "PT0.999S, false", "P365DT1S, false", "PT0S, false", "PT-1S, false"})
    void expiresAfter1SecondTo365Days(Duration expiry, boolean taken) {
        boolean refused = false;
        try {
            assertThat(new NewMemory(KEY, "x", Optional.of(expiry)).expiry()).contains(expiry);
        } catch (IllegalArgumentException refusal) {
            refused = true;
        }

        assertThat(refused).isNotEqualTo(taken);
    }

    @ParameterizedTest
    @CsvSource({"'', 1", "'  ', 1", "x, 0", "x, 51"})
    void noOtherQueryIsAsked(String text, int limit) {
        assertThatThrownBy(() -> new MemoryQuery(text, limit)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aQueryHasAtMost200Characters() {
        assertThat(new MemoryQuery("x".repeat(200), 1).text()).hasSize(200);
        assertThatThrownBy(() -> new MemoryQuery("x".repeat(201), 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
