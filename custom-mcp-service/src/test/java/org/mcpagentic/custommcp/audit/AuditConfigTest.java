package org.mcpagentic.custommcp.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mcpagentic.access.audit.AuditConfig;
import org.mcpagentic.testsupport.Settings;

/** The settings' defaults and bounds. */
class AuditConfigTest {

    @Test
    void defaults() {
        AuditConfig config = Settings.of(AuditConfig.class, Map.of());

        assertThat(config.retention()).isEqualTo(Duration.ofDays(365));
        assertThat(config.mostEntries()).isEqualTo(10_000_000);
        assertThat(config.period()).isEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @CsvSource({
        "access.audit.retention,23h",
        "access.audit.retention,3651d",
        "access.audit.most-entries,9999",
        "access.audit.most-entries,1000000001",
        "access.audit.period,99ms",
        "access.audit.period,1001ms"
    })
    void settingsOutOfBoundsAreNamed(String name, String value) {
        assertThatThrownBy(() -> Settings.of(AuditConfig.class, Map.of(name, value)))
                .hasMessageContaining(name);
    }
}
