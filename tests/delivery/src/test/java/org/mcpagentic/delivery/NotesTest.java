package org.mcpagentic.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever installs is told which Secrets are still to be made, and what stays. */
class NotesTest {
    private static final String MAKE_ACCESS = "create secret generic mcp-agentic-access";
    private static final String MAKE_CERTIFICATE = "create secret tls mcp-agentic-tls";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void byDefaultTheSecretIsToBeMadeAndOneVolumeStays() throws IOException {
        assertThat(notes("{}"))
                .contains(MAKE_ACCESS, "the volume claim data-mcp-agentic-redis-0, which outlives")
                .doesNotContain("get externalsecrets", "kubernetes.io/tls", "REDIS_PASSWORD", "REDIS_URL");
    }

    @Test
    void whatExternalSecretsKeepsIsNotToBeMade() throws IOException {
        assertThat(notes("externalSecrets: {enabled: true}"))
                .contains("get externalsecrets", "the ClusterSecretStore mcp-agentic")
                .doesNotContain(MAKE_ACCESS);
    }

    @Test
    void whatExternalSecretsDoesNotKeepIsToBeMade() throws IOException {
        assertThat(notes("""
                externalSecrets: {enabled: true, paths: {access: ""}}
                redis: {internal: {existingSecret: mcp-agentic-redis-auth}}
                """))
                .contains("get externalsecrets", MAKE_ACCESS, "create secret generic mcp-agentic-redis-auth");
    }

    @Test
    void aSecretWithTheUrlOfRedisIsAskedFor() throws IOException {
        assertThat(notes("redis: {internal: {enabled: false}, external: {existingSecret: elsewhere}}"))
                .contains("The Secret elsewhere with the key REDIS_URL must exist")
                .doesNotContain("volume claim");
    }

    @Test
    void withSentinelThreeVolumesStay() throws IOException {
        assertThat(notes("redis: {internal: {enabled: false}, sentinel: {enabled: true}}"))
                .contains("three volume claims, data-mcp-agentic-redis-0, -1 and -2, which outlive the release");
    }

    @ParameterizedTest
    @CsvSource({"'', true", "letsencrypt, false"})
    void aCertificateIsToBeMadeUnlessCertManagerMakesIt(String issuer, boolean byHand) throws IOException {
        String notes = notes("tls: {secretName: mcp-agentic-tls, certManager: {issuer: '%s'}}".formatted(issuer));

        assertThat(notes.contains(MAKE_CERTIFICATE)).isEqualTo(byHand);
        assertThat(notes.contains("cert-manager makes the Secret mcp-agentic-tls"))
                .isEqualTo(!byHand);
    }

    private String notes(String values) throws IOException {
        return Chart.notes(Files.writeString(folder.resolve("values.yaml"), values));
    }
}
