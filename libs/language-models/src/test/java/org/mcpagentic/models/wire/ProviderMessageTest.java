package org.mcpagentic.models.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderMessageTest {

    @Test
    void isOneShortLine() {
        String said = ProviderMessage.fit("a\n\tb\u0000\u202Ec   " + "x".repeat(10_000), Optional.empty());

        assertThat(said).startsWith("a b c x").hasSize(300).endsWith("…");
    }

    @Test
    void splitsNoSurrogatePair() {
        String said = ProviderMessage.fit("x".repeat(298) + "😀😀", Optional.empty());

        assertThat(said).isEqualTo("x".repeat(298) + "…");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "key my-secret-key is wrong | key *** is wrong",
                "AIzaSyA0123456789abcdef is wrong | *** is wrong",
                "Incorrect API key provided: sk-proj-abc123******xyz. | Incorrect API key provided: ***.",
                "sent Authorization: Bearer abc.def | sent Authorization: ***",
                "GET /v1beta/models?key=abcdef&alt=sse | GET /v1beta/models?***&alt=sse"
            })
    void showsNoKey(String said, String shown) {
        assertThat(ProviderMessage.fit(said, Optional.of("my-secret-key"))).isEqualTo(shown);
    }

    @Test
    void showsNoKeyThatTheBoundWouldCut() {
        String said = ProviderMessage.fit(" ".repeat(2395) + "my-secret-key", Optional.of("my-secret-key"));

        assertThat(said).doesNotContain("my-");
    }
}
