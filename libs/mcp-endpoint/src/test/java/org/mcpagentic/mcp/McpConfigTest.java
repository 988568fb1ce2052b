package org.mcpagentic.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mcpagentic.testsupport.Settings;

class McpConfigTest {

    @Test
    void hasDefaults() {
        McpConfig config = Settings.of(McpConfig.class, Map.of());

        assertThat(config.sessionExpiry()).isEqualTo(Duration.ofHours(1));
        assertThat(config.maxSessions()).isEqualTo(200);
        assertThat(config.requestStateExpiry()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.pageSize()).isEqualTo(100);
        assertThat(config.maxArguments()).isEqualTo(1_048_576);
        assertThat(config.listTtl()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void takesWhatItIsGiven() {
        McpConfig config = Settings.of(
                McpConfig.class,
                Map.of(
                        "mcp.session-expiry", "24h",
                        "mcp.max-sessions", "1",
                        "mcp.request-state-expiry", "10s",
                        "mcp.page-size", "1000",
                        "mcp.max-arguments", "1024",
                        "mcp.list-ttl", "0s"));

        assertThat(config.sessionExpiry()).isEqualTo(Duration.ofHours(24));
        assertThat(config.maxSessions()).isEqualTo(1);
        assertThat(config.requestStateExpiry()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.pageSize()).isEqualTo(1_000);
        assertThat(config.maxArguments()).isEqualTo(1_024);
        assertThat(config.listTtl()).isEqualTo(Duration.ZERO);
    }

    @ParameterizedTest
    @CsvSource({
        "mcp.session-expiry,59s",
        "mcp.max-sessions,0",
        "mcp.request-state-expiry,25h",
        "mcp.page-size,1001",
        "mcp.max-arguments,1023",
        "mcp.list-ttl,-1s"
    })
    void refusesWhatIsOutOfBounds(String setting, String value) {
        assertThatThrownBy(() -> Settings.of(McpConfig.class, Map.of(setting, value)))
                .hasMessageContaining(setting);
    }
}
