package org.mcpagentic.custommcp.tools.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mcpagentic.testsupport.Settings;

class FetchConfigTest {

    @Test
    void defaults() {
        FetchConfig config = Settings.of(FetchConfig.class, Map.of());

        assertThat(config.enabled()).isTrue();
        assertThat(config.maxBytes()).isEqualTo(5 * 1024 * 1024);
        assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.redirects()).isEqualTo(5);
        assertThat(config.ports()).containsExactly(80, 443);
        assertThat(config.trusted()).isEmpty();
        assertThat(config.refusedNetworks()).isEmpty();
        assertThat(config.userAgent()).startsWith("mcp-agentic-ai-server/");
    }

    @Test
    void settingsAreTaken() {
        FetchConfig config = Settings.of(
                FetchConfig.class,
                Map.of(
                        "tools.http-fetch.trusted", "data.internal:8080,[fd00::1]:443,10.0.0.1:80",
                        "tools.http-fetch.refused-networks", "198.51.0.0/16,2001:db8::/32",
                        "tools.http-fetch.ports", "443"));

        assertThat(config.trusted().orElseThrow()).hasSize(3);
        assertThat(config.refusedNetworks().orElseThrow()).hasSize(2);
        assertThat(config.ports()).containsExactly(443);
    }

    @ParameterizedTest
    @CsvSource({
        "max-bytes,1023",
        "max-bytes,33554433",
        "timeout,999ms",
        "timeout,301s",
        "redirects,-1",
        "redirects,21",
        "ports,0",
        "ports,65536",
        "ports,http",
        "trusted,data.internal",
        "trusted,https://data.internal:443",
        "trusted,Data.Internal:443",
        "trusted,data.internal:",
        "trusted,fd00::1:443",
        "refused-networks,10.0.0.1",
        "refused-networks,data.internal/8",
        "user-agent,gr\u00fcn",
    })
    void settingsOutOfBoundsAreNamed(String name, String value) {
        assertThatThrownBy(() -> Settings.of(FetchConfig.class, Map.of("tools.http-fetch." + name, value)))
                .hasMessageContaining("tools.http-fetch." + name);
    }
}
