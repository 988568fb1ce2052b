package org.mcpagentic.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidator;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreConfigTest {

    private static ValidatorFactory factory;
    private static Validator validator;

    @BeforeAll
    static void start() {
        factory = Validation.byDefaultProvider()
                .configure()
                .messageInterpolator(new ParameterMessageInterpolator())
                .buildValidatorFactory();
        validator = factory.getValidator();
    }

    @AfterAll
    static void stop() {
        factory.close();
    }

    @Test
    void hasDefaults() {
        StoreConfig config = validated(Map.of());

        assertThat(config.shards()).isEqualTo(1);
        assertThat(config.lease()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.mostAttempts()).isEqualTo(5);
        assertThat(config.unrunExpiry()).isEqualTo(Duration.ofDays(7));
        assertThat(config.taskRetention()).isEqualTo(Duration.ofDays(30));
        assertThat(config.keptTasks()).isEqualTo(100_000);
        assertThat(config.responseRetention()).isEqualTo(Duration.ofDays(7));
        assertThat(config.memoryWatermark()).isEqualTo(90);
        assertThat(config.journalBytes()).isEqualTo(8L * 1024 * 1024);
        assertThat(config.tenantMemoryEntries()).isEqualTo(1_000);
        assertThat(config.tenantMemoryBytes()).isEqualTo(4L * 1024 * 1024);
        assertThat(config.redis().caFile()).isEmpty();
        assertThat(config.redis().certificateFile()).isEmpty();
        assertThat(config.redis().keyFile()).isEmpty();
        assertThat(config.encryption().keys()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "shards, 1, 1024",
        "lease, 1s, 60s",
        "most-attempts, 1, 100",
        "unrun-expiry, 1s, 365d",
        "task-retention, 1s, 3650d",
        "kept-tasks, 1, 10000000",
        "response-retention, 1m, 365d",
        "memory-watermark, 10, 100",
        "journal-bytes, 65536, 67108864",
        "tenant-memory-entries, 1, 10000",
        "tenant-memory-bytes, 65536, 67108864"
    })
    void takesItsBounds(String name, String least, String most) {
        assertThat(problems(Map.of(name, least))).isEmpty();
        assertThat(problems(Map.of(name, most))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "shards, 0, 1025",
        "lease, PT0.9S, 61s",
        "most-attempts, 0, 101",
        "unrun-expiry, PT0.9S, 366d",
        "task-retention, PT0.9S, 3651d",
        "kept-tasks, 0, 10000001",
        "response-retention, 59s, 366d",
        "memory-watermark, 9, 101",
        "journal-bytes, 65535, 67108865",
        "tenant-memory-entries, 0, 10001",
        "tenant-memory-bytes, 65535, 67108865"
    })
    void refusesWhatIsBeyondThem(String name, String less, String more) {
        assertThat(problems(Map.of(name, less))).hasSize(1).allMatch(problem -> problem.contains(name));
        assertThat(problems(Map.of(name, more))).hasSize(1).allMatch(problem -> problem.contains(name));
    }

    @Test
    void takesKeysInTheirOrderAndNoneForAnEmptyVariable() {
        assertThat(validated(Map.of("encryption.keys", "b:AA==,a:BB=="))
                        .encryption()
                        .keys())
                .contains(List.of("b:AA==", "a:BB=="));
        assertThat(validated(Map.of("encryption.keys", "")).encryption().keys()).isEmpty();
    }

    /** As Quarkus checks it at start. */
    private static List<String> problems(Map<String, String> settings) {
        List<String> problems = new ArrayList<>();
        try {
            assertThat(validated(settings)).isNotNull();
        } catch (ConfigValidationException refusal) {
            for (int i = 0; i < refusal.getProblemCount(); i++) {
                problems.add(refusal.getProblem(i).getMessage());
            }
        }
        return problems;
    }

    private static StoreConfig validated(Map<String, String> settings) {
        BeanValidationConfigValidator checking = () -> validator;
        Map<String, String> prefixed = new HashMap<>();
        settings.forEach((name, value) -> prefixed.put("store." + name, value));
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(StoreConfig.class)
                .withValidator(checking)
                .withDefaultValues(prefixed)
                .build()
                .getConfigMapping(StoreConfig.class);
    }
}
