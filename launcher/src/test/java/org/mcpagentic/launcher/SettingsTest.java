package org.mcpagentic.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final Path FOLDER = Path.of("/checkout");

    @Test
    void haveDefaults() throws Exception {
        Settings settings = Settings.from(Map.of("CUSTOM_PORT", " "), FOLDER);

        assertThat(settings.customPorts()).containsExactly(8000);
        assertThat(settings.publicPorts()).containsExactly(8001);
        assertThat(settings.dashboardPorts()).containsExactly(8501);
        assertThat(settings.redisPort()).isZero();
        assertThat(settings.redisUrls()).isEmpty();
        assertThat(settings.dataFolder()).isEqualTo(Path.of("/checkout/.data"));
    }

    @Test
    void areReadFromTheEnvironment() throws Exception {
        Map<String, String> environment = Map.of(
                "CUSTOM_PORT", "9000, 9010", "PUBLIC_PORT", "9001", "DASHBOARD_PORT", "9501", "DATA_DIR", "/data");

        Settings settings = Settings.from(environment, FOLDER);

        assertThat(settings.customPorts()).containsExactly(9000, 9010);
        assertThat(settings.publicPorts()).containsExactly(9001);
        assertThat(settings.dashboardPorts()).containsExactly(9501);
        assertThat(settings.dataFolder()).isEqualTo(Path.of("/data"));
        assertThat(Settings.from(Map.of("REDIS_PORT", "6380"), FOLDER).redisPort())
                .isEqualTo(6380);
        assertThat(Settings.from(Map.of("REDIS_URL", "redis://store:6379"), FOLDER)
                        .redisUrls())
                .containsExactly(URI.create("redis://store:6379"));
    }

    @Test
    void takeSeveralSentinelsOrNodes() throws Exception {
        Settings settings = Settings.from(Map.of("REDIS_URL", "redis://one:26379, redis://two:26379"), FOLDER);

        assertThat(settings.redisUrls())
                .containsExactly(URI.create("redis://one:26379"), URI.create("redis://two:26379"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "-1", "eight", "8000,", "8000;8010", "999999999999"})
    void refuseWhatIsNotAPort(String value) {
        assertThatThrownBy(() -> Settings.from(Map.of("CUSTOM_PORT", value), FOLDER))
                .hasMessageContaining("CUSTOM_PORT=" + value)
                .hasMessageContaining("is not a port (1 to 65535)");
    }

    @ParameterizedTest
    @CsvSource({"CUSTOM_PORT,8001,CUSTOM_PORT and PUBLIC_PORT", "REDIS_PORT,8501,DASHBOARD_PORT and REDIS_PORT"})
    void refuseAPortThatIsGivenTwice(String name, String value, String both) {
        assertThatThrownBy(() -> Settings.from(Map.of(name, value), FOLDER))
                .hasMessage("port %s is given twice, by %s: choose different ports", value, both);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://store:6379",
                "store:6379",
                "redis://",
                "redis://user:secret@ store",
                "redis://one,two",
                "redis://one,"
            })
    void refuseAnUnusableRedisUrlWithoutRepeatingIt(String value) {
        assertThatThrownBy(() -> Settings.from(Map.of("REDIS_URL", value), FOLDER))
                .hasMessage("REDIS_URL is not of the form redis://HOST:PORT");
    }

    @Test
    void tellAllFaultsAtOnce() {
        Map<String, String> environment =
                Map.of("CUSTOM_PORT", "a", "PUBLIC_PORT", "b", "REDIS_PORT", "1", "REDIS_URL", "redis://store");

        assertThatThrownBy(() -> Settings.from(environment, FOLDER))
                .hasMessageMatching("CUSTOM_PORT.*\\nPUBLIC_PORT.*\\nREDIS_PORT.*");
    }
}
