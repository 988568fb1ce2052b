package org.mcpagentic.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidator;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.time.Duration;
import java.util.Map;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessConfigTest {

    private static final Validator VALIDATOR = Validation.byDefaultProvider()
            .configure()
            .messageInterpolator(new ParameterMessageInterpolator())
            .buildValidatorFactory()
            .getValidator();

    @Test
    void hasDefaults() {
        AccessConfig config = config(Map.of());

        assertThat(config.enabled()).isTrue();
        assertThat(config.secret()).isEmpty();
        assertThat(config.firstKey()).isEmpty();
        assertThat(config.cache()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void takesWhatItIsGiven() {
        AccessConfig config = config(Map.of(
                "access.enabled",
                "false",
                "access.secret",
                "c2VjcmV0",
                "access.first-key",
                "mcpk",
                "access.cache",
                "60s"));

        assertThat(config.enabled()).isFalse();
        assertThat(config.secret()).contains("c2VjcmV0");
        assertThat(config.firstKey()).contains("mcpk");
        assertThat(config.cache()).isEqualTo(Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1s", "61s", "soon"})
    void refusesACacheOutOfBounds(String cache) {
        assertThatThrownBy(() -> config(Map.of("access.cache", cache))).hasMessageContaining("access.cache");
    }

    private static AccessConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(AccessConfig.class)
                .withDefaultValues(settings)
                .withValidator((BeanValidationConfigValidator) () -> VALIDATOR)
                .build()
                .getConfigMapping(AccessConfig.class);
    }
}
