package org.mcpagentic.edge.mask;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeldSecretsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "access.secret",
                "ACCESS_SECRET",
                "GEMINI_API_KEY",
                "agent.models.\"gemini-3.8-flash\".api-key",
                "quarkus.redis.password",
                "AWS_SECRET_ACCESS_KEY",
                "archive.s3.secret-key",
                "GITHUB_TOKEN"
            })
    void findsWhatIsNamedAsASecret(String name) {
        assertThat(HeldSecrets.in(config(Map.of(name, " canary-1234567\n")))).containsExactly("canary-1234567");
    }

    @Test
    void findsPasswordsInAddresses() {
        SmallRyeConfig config =
                config(Map.of("quarkus.redis.hosts", "redis://:canary-0001@a:6379,rediss://user:canary-0002@b"));

        assertThat(HeldSecrets.in(config)).containsExactlyInAnyOrder("canary-0001", "canary-0002");
    }

    @Test
    void leavesWhatIsNone() {
        SmallRyeConfig config = config(Map.of(
                "agent.models.x.timeout.first-token", "PT1M30.5S",
                "agent.models.x.max-output-tokens", "100000000",
                "quarkus.http.ssl.certificate.key-files", "/etc/tls/tls.key",
                "short.password", "1234567",
                "broken.secret", "${there.is.no.such}"));

        assertThat(HeldSecrets.in(config)).isEmpty();
    }

    private static SmallRyeConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(settings, "test", 1000))
                .build();
    }
}
