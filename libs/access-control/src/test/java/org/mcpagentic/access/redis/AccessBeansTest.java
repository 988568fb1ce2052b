package org.mcpagentic.access.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.access.AccessConfig;
import org.mcpagentic.access.AccessSecret;

/** The one secret, as it is configured. */
class AccessBeansTest {

    private static final String GOOD = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    @Test
    void theConfiguredSecretIsTaken() {
        AccessSecret secret = AccessBeans.secret(new Given(true, Optional.of(GOOD + "\n")));

        assertThat(secret.key("a").sign("text"))
                .isEqualTo(AccessSecret.of(GOOD).key("a").sign("text"));
    }

    @Test
    void aMissingSecretStopsTheStartWhereAccessIsOn() {
        assertThatThrownBy(() -> AccessBeans.secret(new Given(true, Optional.empty())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ACCESS_SECRET")
                .hasMessageContaining("32");
    }

    @Test
    void withoutAccessNoneIsNeededAndEachProcessHasItsOwn() {
        AccessConfig off = new Given(false, Optional.empty());

        byte[] one = AccessBeans.secret(off).key("a").sign("text");

        assertThat(one).isNotEqualTo(AccessBeans.secret(off).key("a").sign("text"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"not base64!", "c2hvcnQ=", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MA=="})
    void aBadSecretStopsTheStartAndIsNotShown(String bad) {
        assertThatThrownBy(() -> AccessBeans.secret(new Given(true, Optional.of(bad))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ACCESS_SECRET")
                .hasMessageNotContaining(bad)
                .hasStackTraceContaining("access secret");
    }

    private record Given(boolean enabled, Optional<String> secret) implements AccessConfig {

        @Override
        public Optional<String> firstKey() {
            return Optional.empty();
        }

        @Override
        public Duration cache() {
            return Duration.ofSeconds(1);
        }
    }
}
