package org.mcpagentic.stubmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
    @Test
    void withoutOptionsAHundredTokensComeEveryTenMilliseconds() {
        Answer answer = (Answer) Options.parse().defaultReply();

        assertThat(answer.content().text().split(" ")).hasSize(100);
        assertThat(answer.pace()).isEqualTo(new Pace(Duration.ofMillis(50), Duration.ofMillis(10), 0, 0));
    }

    @Test
    void optionsAreTakenInAnyOrder() {
        Options options = Options.parse("--tokens", "3", "--script", "s.json", "--first-token", "1.5s");

        assertThat(options.tokens()).isEqualTo(3);
        assertThat(options.script()).contains(Path.of("s.json"));
        assertThat(options.firstToken()).isEqualTo(Duration.ofMillis(1500));
    }

    @ParameterizedTest
    @CsvSource({
        "--tokens, is to be a whole number",
        "--port, is to be a whole number",
        "--first-token, a time is written as 50ms",
        "--nonsense, there is no option --nonsense"
    })
    void whatIsWrongIsSaid(String option, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(option, "x"))
                .withMessageContaining(message);
    }

    @Test
    void anOptionHasAValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse("--port"))
                .withMessage("--port lacks its value");
    }
}
