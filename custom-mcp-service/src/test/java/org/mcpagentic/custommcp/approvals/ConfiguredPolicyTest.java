package org.mcpagentic.custommcp.approvals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mcpagentic.agent.approval.CallPolicy.Verdict;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.ToolSpec;
import org.mcpagentic.store.TenantId;
import org.mcpagentic.testsupport.Settings;

class ConfiguredPolicyTest {

    private static final TenantId ACME = new TenantId("acme");
    private static final TenantId OTHER = new TenantId("other");
    private static final Verdict ALLOW = new Verdict.Allow();
    private static final Verdict ASK = new Verdict.Ask(Duration.ofHours(24));

    @Test
    void byDefaultOnlyWhatChangesSomethingAnewIsAskedFor() {
        ConfiguredPolicy policy = policy(Map.of());

        assertThat(policy.verdict(ACME, tool("read", SideEffects.READ_ONLY), none()))
                .isEqualTo(ALLOW);
        assertThat(policy.verdict(ACME, tool("put", SideEffects.IDEMPOTENT), none()))
                .isEqualTo(ALLOW);
        assertThat(policy.verdict(ACME, tool("send", SideEffects.NON_IDEMPOTENT), none()))
                .isEqualTo(ASK);
    }

    @Test
    void defaultsAreTaken() {
        ConfiguredPolicy policy = policy(Map.of(
                "approval.expiry", "10m",
                "approval.default.read-only", "ask",
                "approval.default.idempotent", "deny",
                "approval.default.non-idempotent", "allow"));

        assertThat(policy.verdict(ACME, tool("read", SideEffects.READ_ONLY), none()))
                .isEqualTo(new Verdict.Ask(Duration.ofMinutes(10)));
        assertThat(policy.verdict(ACME, tool("put", SideEffects.IDEMPOTENT), none()))
                .isEqualTo(new Verdict.Deny(""));
        assertThat(policy.verdict(ACME, tool("send", SideEffects.NON_IDEMPOTENT), none()))
                .isEqualTo(ALLOW);
    }

    @Test
    void theFirstRuleThatMatchesHolds() {
        ConfiguredPolicy policy = policy(Map.of(
                "approval.rules[0].tool", "mail.send",
                "approval.rules[0].verdict", "allow",
                "approval.rules[1].tool", "mail.*",
                "approval.rules[1].verdict", "deny",
                "approval.rules[1].reason", "no mail",
                "approval.rules[2].tool", "*",
                "approval.rules[2].verdict", "ask",
                "approval.rules[2].expiry", "5m"));

        assertThat(verdict(policy, ACME, "mail.send", none())).isEqualTo(ALLOW);
        assertThat(verdict(policy, ACME, "mail.sender", none())).isEqualTo(new Verdict.Deny("no mail"));
        assertThat(verdict(policy, ACME, "calculator", none())).isEqualTo(new Verdict.Ask(Duration.ofMinutes(5)));
    }

    @Test
    void aRuleMayBeForSomeTenantsAlone() {
        ConfiguredPolicy policy = policy(Map.of(
                "approval.rules[0].tool", "pay",
                "approval.rules[0].tenant", "acme,third",
                "approval.rules[0].verdict", "allow"));

        assertThat(verdict(policy, ACME, "pay", none())).isEqualTo(ALLOW);
        assertThat(verdict(policy, OTHER, "pay", none())).isEqualTo(ASK);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"to\":\"ann@acme.example\",\"amount\":99}|true",
                "{\"to\":\"ann@acme.example\",\"amount\":\"99\"}|true",
                "{\"to\":\"ann@acme.example.evil\",\"amount\":99}|false",
                "{\"to\":\"ann@acme.example\",\"amount\":100}|false",
                "{\"to\":\"ann@acme.example\"}|false",
                "{\"to\":null,\"amount\":99}|false",
                "{\"to\":[\"ann@acme.example\"],\"amount\":99}|false",
                "{\"amount\":99}|false"
            })
    void aRuleMayLookAtArguments(String arguments, boolean matches) throws Exception {
        ConfiguredPolicy policy = policy(Map.of(
                "approval.rules[0].tool", "pay",
                "approval.rules[0].arguments[0].pointer", "/to",
                "approval.rules[0].arguments[0].matches", "[a-z]+@acme\\.example",
                "approval.rules[0].arguments[1].pointer", "/amount",
                "approval.rules[0].arguments[1].matches", "[0-9]{1,2}",
                "approval.rules[0].verdict", "allow"));

        assertThat(verdict(policy, ACME, "pay", json(arguments))).isEqualTo(matches ? ALLOW : ASK);
    }

    @Test
    void aLineFeedHidesNothing() throws Exception {
        ConfiguredPolicy policy = policy(Map.of(
                "approval.rules[0].tool", "query",
                "approval.rules[0].arguments[0].pointer", "/sql",
                "approval.rules[0].arguments[0].matches", "(?i).*\\bdrop\\b.*",
                "approval.rules[0].verdict", "deny"));

        assertThat(verdict(policy, ACME, "query", json("{\"sql\":\"select 1;\\nDROP table t\\n\"}")))
                .isEqualTo(new Verdict.Deny(""));
    }

    @Test
    void noArgumentTakesLong() {
        ConfiguredPolicy policy = policy(Map.of(
                "approval.rules[0].tool", "pay",
                "approval.rules[0].arguments[0].pointer", "/to",
                "approval.rules[0].arguments[0].matches", "(a+)+b",
                "approval.rules[0].verdict", "deny"));
        ObjectNode evil = none().put("to", "a".repeat(200_000));
        long begin = System.nanoTime();

        verdict(policy, ACME, "pay", evil);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tool|mail *|approval.rules[0].tool",
                "tool|*mail|approval.rules[0].tool",
                "tenant|Acme|approval.rules[0].tenant",
                "arguments[0].pointer|to|approval.rules[0].arguments[0].pointer",
                "arguments[0].matches|(a|approval.rules[0].arguments[0].matches",
                "arguments[0].matches|(?=a)b|approval.rules[0].arguments[0].matches",
                "reason|because|approval.rules[0].reason"
            })
    void aRuleThatIsWrongIsNamed(String name, String value, String named) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "approval.rules[0].tool", "pay",
                "approval.rules[0].arguments[0].pointer", "/to",
                "approval.rules[0].arguments[0].matches", "a",
                "approval.rules[0].verdict", "ask"));
        settings.put("approval.rules[0]." + name, value);

        assertThatThrownBy(() -> policy(settings)).hasMessageContaining(named);
    }

    @Test
    void anExpiryGoesWithAskAlone() {
        Map<String, String> settings = Map.of(
                "approval.rules[0].tool", "pay",
                "approval.rules[0].expiry", "1h",
                "approval.rules[0].verdict", "deny");

        assertThatThrownBy(() -> policy(settings)).hasMessageContaining("approval.rules[0].expiry");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "31d", "soon"})
    void anExpiryOutOfBoundsIsNamed(String expiry) {
        assertThatThrownBy(() -> policy(Map.of("approval.expiry", expiry))).hasMessageContaining("approval.expiry");
    }

    private static ConfiguredPolicy policy(Map<String, String> settings) {
        return new ConfiguredPolicy(Settings.of(ApprovalConfig.class, settings));
    }

    private static Verdict verdict(ConfiguredPolicy policy, TenantId tenant, String tool, ObjectNode arguments) {
        return policy.verdict(tenant, tool(tool, SideEffects.NON_IDEMPOTENT), arguments);
    }

    private static ToolSpec tool(String name, SideEffects effects) {
        return new ToolSpec(name, "a tool", none().put("type", "object"), effects, Duration.ofSeconds(1), 100);
    }

    private static ObjectNode none() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode json(String text) throws Exception {
        return (ObjectNode) new com.fasterxml.jackson.databind.ObjectMapper().readTree(text);
    }
}
