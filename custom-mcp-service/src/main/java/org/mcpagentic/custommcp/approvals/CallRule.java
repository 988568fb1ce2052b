package org.mcpagentic.custommcp.approvals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.mcpagentic.agent.approval.CallPolicy.Verdict;
import org.mcpagentic.custommcp.approvals.ApprovalConfig.Outcome;
import org.mcpagentic.store.TenantId;

/**
 * One rule of the configured policy.
 *
 * @param tool a name, or how names begin where {@code prefix}
 * @param tenants none for all
 * @param arguments all have to match
 */
record CallRule(String tool, boolean prefix, Set<TenantId> tenants, List<ArgumentPattern> arguments, Verdict verdict) {

    private static final Pattern TOOL = Pattern.compile("[a-z0-9_.-]{1,64}|[a-z0-9_.-]{0,63}\\*");

    CallRule {
        tenants = Set.copyOf(tenants);
        arguments = List.copyOf(arguments);
    }

    /**
     * Reads a rule.
     *
     * @param setting names it in messages
     * @throws IllegalArgumentException with what is wrong with it
     */
    static CallRule of(String setting, ApprovalConfig.Rule rule, ApprovalConfig config) {
        if (!TOOL.matcher(rule.tool()).matches()) {
            throw new IllegalArgumentException(setting + ".tool: \"" + rule.tool()
                    + "\" is neither a tool's name (a-z, 0-9, _ . -) nor the beginning of names with a * at its end");
        }
        if (rule.expiry().isPresent() && rule.verdict() != Outcome.ASK) {
            throw new IllegalArgumentException(setting + ".expiry: goes with the verdict ask alone");
        }
        if (rule.reason().isPresent() && rule.verdict() != Outcome.DENY) {
            throw new IllegalArgumentException(setting + ".reason: goes with the verdict deny alone");
        }
        List<ArgumentPattern> arguments = new ArrayList<>();
        for (ApprovalConfig.Argument argument : rule.arguments()) {
            arguments.add(ArgumentPattern.of(setting + ".arguments[" + arguments.size() + "]", argument));
        }
        boolean prefix = rule.tool().endsWith("*");
        return new CallRule(
                prefix ? rule.tool().substring(0, rule.tool().length() - 1) : rule.tool(),
                prefix,
                tenants(setting, rule.tenant().orElse(Set.of())),
                arguments,
                verdict(rule, config));
    }

    private static Set<TenantId> tenants(String setting, Set<String> names) {
        try {
            return names.stream().map(TenantId::new).collect(Collectors.toSet());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(setting + ".tenant: " + e.getMessage(), e);
        }
    }

    private static Verdict verdict(ApprovalConfig.Rule rule, ApprovalConfig config) {
        return switch (rule.verdict()) {
            case ALLOW -> new Verdict.Allow();
            case ASK -> new Verdict.Ask(rule.expiry().orElse(config.expiry()));
            case DENY -> new Verdict.Deny(rule.reason().orElse(""));
        };
    }

    boolean matches(TenantId tenant, String name, ObjectNode given) {
        return (prefix ? name.startsWith(tool) : name.equals(tool))
                && (tenants.isEmpty() || tenants.contains(tenant))
                && arguments.stream().allMatch(argument -> argument.matches(given));
    }
}
