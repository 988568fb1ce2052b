package org.mcpagentic.custommcp.remote.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinesTest {

    @Test
    void readsLinesHoweverTheyEnd() throws Exception {
        Lines lines = lines("a\nb\rc\r\nd", 100);

        assertThat(lines.next())
                .hasValueSatisfying(line -> assertThat(line).asString().isEqualTo("a"));
        assertThat(lines.next())
                .hasValueSatisfying(line -> assertThat(line).asString().isEqualTo("b"));
        assertThat(lines.next())
                .hasValueSatisfying(line -> assertThat(line).asString().isEqualTo("c"));
        assertThat(lines.next()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n", "x\n"})
    void everyByteCounts(String piece) {
        Lines lines = lines(piece.repeat(1_000), 10);

        assertThatThrownBy(() -> {
                    while (lines.next().isPresent()) {}
                })
                .isInstanceOf(RemoteException.class)
                .hasMessageContaining("more than 10 bytes");
    }

    private static Lines lines(String text, int most) {
        return new Lines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), most);
    }
}
