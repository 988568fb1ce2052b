package org.mcpagentic.custommcp.tools.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mcpagentic.testsupport.Settings;

class CsvConfigTest {

    @Test
    void defaults() {
        CsvConfig config = Settings.of(CsvConfig.class, Map.of());

        assertThat(config.maxBytes()).isEqualTo(100L * 1024 * 1024);
        assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(110));
    }

    @ParameterizedTest
    @CsvSource({"max-bytes,1023", "max-bytes,10737418241", "max-bytes,all", "timeout,999ms", "timeout,901s"})
    void settingsOutOfBoundsAreNamed(String name, String value) {
        assertThatThrownBy(() -> Settings.of(CsvConfig.class, Map.of("tools.csv-summary." + name, value)))
                .hasMessageContaining("tools.csv-summary." + name);
    }
}
