package org.mcpagentic.custommcp.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.archive.ArchiveStorage;
import org.mcpagentic.testsupport.Settings;

/** The settings' defaults and bounds, and which archive they name. */
class RetentionConfigTest {

    private static final Map<String, String> S3 = Map.of(
            "archive.s3.endpoint", "http://127.0.0.1:9000",
            "archive.s3.bucket", "cold-tasks",
            "archive.s3.prefix", "prod",
            "AWS_ACCESS_KEY_ID", "archivist",
            "AWS_SECRET_ACCESS_KEY", "not for eyes");

    @Test
    void defaults() {
        RetentionConfig config = Settings.of(RetentionConfig.class, Map.of());
        ArchiveConfig archive = Settings.of(ArchiveConfig.class, Map.of());

        assertThat(config.period()).isEqualTo(Duration.ofSeconds(10));
        assertThat(ConfiguredArchive.of(archive)).isEmpty();
        assertThat(archive.s3().region()).isEqualTo("us-east-1");
        assertThat(archive.s3().pathStyle()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"99ms", "61m", "soon"})
    void aPeriodOutOfBoundsIsNamed(String period) {
        assertThatThrownBy(() -> Settings.of(RetentionConfig.class, Map.of("retention.period", period)))
                .hasMessageContaining("retention.period");
    }

    @Test
    void aFolderIsTaken() {
        assertThat(archive(Map.of("archive.folder", "/var/archive")).place()).isEqualTo("/var/archive");
    }

    @Test
    void aBucketIsTakenWithTheKeysOfTheEnvironment() {
        assertThat(archive(S3).place()).isEqualTo("s3://cold-tasks/prod/ at 127.0.0.1:9000");
    }

    @Test
    void twoPlacesAreRefused() {
        assertRefused(with(S3, "archive.folder", "/var/archive"), "both set");
    }

    @Test
    void aBucketWithoutKeysIsRefused() {
        assertRefused(Map.of("archive.s3.bucket", "cold-tasks"), "AWS_ACCESS_KEY_ID");
    }

    @Test
    void anEndpointWithoutABucketIsRefused() {
        assertRefused(Map.of("archive.s3.endpoint", "http://127.0.0.1:9000"), "archive.s3.bucket");
    }

    @Test
    void aBucketThatCannotBeIsRefusedWithoutTellingTheKeys() {
        assertRefused(with(S3, "archive.s3.bucket", "No Bucket"), "archive.s3: a bucket is named");
    }

    private static ArchiveStorage archive(Map<String, String> settings) {
        // why not as the others: the keys are read through an expression
        ArchiveConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .addDefaultInterceptors()
                .withMapping(ArchiveConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(ArchiveConfig.class);
        return ConfiguredArchive.of(config).orElseThrow();
    }

    private static void assertRefused(Map<String, String> settings, String why) {
        assertThatThrownBy(() -> archive(settings))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(why)
                .message()
                .doesNotContain("not for eyes", "archivist");
    }

    private static Map<String, String> with(Map<String, String> settings, String name, String value) {
        Map<String, String> all = new java.util.HashMap<>(settings);
        all.put(name, value);
        return all;
    }
}
