package org.mcpagentic.custommcp.approvals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.mcpagentic.agent.approval.CallPolicy;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.ToolSpec;
import org.mcpagentic.custommcp.approvals.ApprovalConfig.Outcome;
import org.mcpagentic.store.TenantId;

/** The policy that the configuration has: the first rule that matches, else what holds for the tool's side effects. */
@Singleton
final class ConfiguredPolicy implements CallPolicy {

    private final List<CallRule> rules = new ArrayList<>();
    private final ApprovalConfig config;

    /** @throws ConfigurationException where a rule is wrong; its message names the setting */
    ConfiguredPolicy(ApprovalConfig config) {
        this.config = config;
        try {
            for (ApprovalConfig.Rule rule : config.rules()) {
                rules.add(CallRule.of("approval.rules[" + rules.size() + "]", rule, config));
            }
        } catch (IllegalArgumentException e) {
            // why without its cause: Quarkus shows the message of this one alone
            throw new ConfigurationException(e.getMessage());
        }
    }

    @Override
    public Verdict verdict(TenantId tenant, ToolSpec tool, ObjectNode arguments) {
        return rules.stream()
                .filter(rule -> rule.matches(tenant, tool.name(), arguments))
                .findFirst()
                .map(CallRule::verdict)
                .orElseGet(() -> byDefault(tool.sideEffects()));
    }

    private Verdict byDefault(SideEffects effects) {
        Outcome outcome = switch (effects) {
            case READ_ONLY -> config.defaults().readOnly();
            case IDEMPOTENT -> config.defaults().idempotent();
            case NON_IDEMPOTENT -> config.defaults().nonIdempotent();
        };
        return switch (outcome) {
            case ALLOW -> new Verdict.Allow();
            case ASK -> new Verdict.Ask(config.expiry());
            case DENY -> new Verdict.Deny("");
        };
    }
}
