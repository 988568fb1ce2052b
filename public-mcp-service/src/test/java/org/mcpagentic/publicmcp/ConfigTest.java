package org.mcpagentic.publicmcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.publicmcp.ask.AskConfig;
import org.mcpagentic.testsupport.Settings;

/** The settings' defaults and bounds. */
class ConfigTest {

    @Test
    void aQuestionMayTakeTwoMinutes() {
        assertThat(Settings.of(AskConfig.class, Map.of()).deadline()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void theDeadlineIsTaken() {
        assertThat(Settings.of(AskConfig.class, Map.of("ask.deadline", "14m")).deadline())
                .isEqualTo(Duration.ofMinutes(14));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "999ms", "15m", "soon"})
    void aDeadlineOutOfBoundsIsNamed(String value) {
        assertThatThrownBy(() -> Settings.of(AskConfig.class, Map.of("ask.deadline", value)))
                .hasMessageContaining("ask.deadline");
    }
}
