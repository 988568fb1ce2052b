package org.mcpagentic.access.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mcpagentic.access.AccessSecret;

/** What a start says of the settings. */
class StartEventTest {

    private static final AccessSecret SECRET = AccessSecret.of("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
    private static final Map<String, String> SETTINGS = Map.of(
            "access.secret",
            "not-for-eyes",
            "access.enabled",
            "true",
            "edge.allowed-hosts",
            "a.example",
            "agent.model",
            "m");

    @Test
    void namesTheSettingsThatMatterAndNoValue() {
        AuditEvent event = StartEvent.of("custom-mcp-service", "pod-1", SETTINGS, SECRET);

        assertThat(event.action()).isEqualTo("service.start");
        assertThat(event.actor()).isEqualTo("custom-mcp-service");
        assertThat(event.detail())
                .matches("digest=[0-9a-f]{64} settings=access.enabled,access.secret,edge.allowed-hosts")
                .doesNotContain("not-for-eyes", "a.example");
    }

    @Test
    void theDigestChangesWithAValueThatMatters() {
        Map<String, String> other = new HashMap<>(SETTINGS);
        other.put("access.enabled", "false");

        assertThat(detail(other)).isNotEqualTo(detail(SETTINGS));
    }

    @Test
    void theDigestDoesNotChangeWithOneThatDoesNot() {
        Map<String, String> other = new HashMap<>(SETTINGS);
        other.put("agent.model", "another");

        assertThat(detail(other)).isEqualTo(detail(SETTINGS));
    }

    @Test
    void manySettingsAreCutShort() {
        Map<String, String> many = new HashMap<>();
        IntStream.range(0, 200).forEach(i -> many.put("access.setting-number-" + i, "x"));

        assertThat(detail(many)).hasSizeLessThanOrEqualTo(1024).endsWith(",...");
    }

    private static String detail(Map<String, String> settings) {
        return StartEvent.of("custom-mcp-service", "", settings, SECRET).detail();
    }
}
