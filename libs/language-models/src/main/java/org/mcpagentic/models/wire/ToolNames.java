package org.mcpagentic.models.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import org.mcpagentic.agent.model.Message.ModelMessage;
import org.mcpagentic.agent.model.ModelEvent.ToolCalls;
import org.mcpagentic.agent.model.Prompt;
import org.mcpagentic.agent.tool.ToolCall;
import org.mcpagentic.agent.tool.ToolSpec;

/** The names that one conversation's tools have with a provider, each of them one tool's alone. */
public final class ToolNames {

    private final NameRule rule;
    private final Map<String, String> theirs = new HashMap<>();
    private final Map<String, String> ours = new HashMap<>();

    private ToolNames(NameRule rule) {
        this.rule = rule;
    }

    /** The same for the same tools and calls; tools keep their own name where the provider takes it. */
    public static ToolNames of(Prompt prompt, NameRule rule) {
        SequencedSet<String> names = new LinkedHashSet<>();
        prompt.tools().stream().map(ToolSpec::name).forEach(names::add);
        prompt.messages().forEach(message -> {
            if (message instanceof ModelMessage(ToolCalls turn)) {
                turn.calls().stream().map(ToolCall::toolName).forEach(names::add);
            }
        });
        ToolNames result = new ToolNames(rule);
        names.stream().filter(name -> rule.fit(name).equals(name)).forEach(name -> result.pair(name, name));
        names.forEach(result::pairWithVariant);
        return result;
    }

    /** The provider's name of a tool. */
    public String theirs(String name) {
        return theirs.getOrDefault(name, rule.fit(name));
    }

    /**
     * The call that a provider's call is; one of a tool that there is not keeps its name, as far as that is one.
     *
     * @param theirName untrusted
     */
    public ToolCall call(String callId, String theirName, ObjectNode arguments) {
        String known = ours.get(theirName);
        if (known != null || rule.legal().matcher(theirName).matches()) {
            return new ToolCall(callId, known == null ? theirName : known, arguments);
        }
        return ToolCall.flawed(callId, unknown(theirName), "that is not the name of a tool");
    }

    /** A call whose arguments could not be read. */
    public ToolCall flawed(String callId, String theirName, String flaw) {
        return ToolCall.flawed(
                callId, Optional.ofNullable(ours.get(theirName)).orElseGet(() -> unknown(theirName)), flaw);
    }

    private String unknown(String theirName) {
        return theirName.isBlank() ? "unnamed" : rule.fit(theirName);
    }

    private void pairWithVariant(String name) {
        if (theirs.containsKey(name)) {
            return;
        }
        String fit = rule.fit(name);
        String free = fit;
        for (int number = 2; ours.containsKey(free); number++) {
            free = rule.variant(fit, number);
        }
        pair(name, free);
    }

    private void pair(String name, String theirName) {
        theirs.put(name, theirName);
        ours.put(theirName, name);
    }
}
