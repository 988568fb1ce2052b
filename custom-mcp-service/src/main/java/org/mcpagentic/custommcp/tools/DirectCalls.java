package org.mcpagentic.custommcp.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.UUID;
import org.mcpagentic.agent.approval.CallPolicy;
import org.mcpagentic.agent.approval.CallPolicy.Verdict;
import org.mcpagentic.agent.tool.CallThreads;
import org.mcpagentic.agent.tool.ToolCall;
import org.mcpagentic.agent.tool.ToolContext;
import org.mcpagentic.agent.tool.ToolResult;
import org.mcpagentic.agent.tool.ToolSpec;
import org.mcpagentic.agent.tool.Toolbox;
import org.mcpagentic.edge.access.Caller;

/** Calls of tools that no task makes: the caller's own. They are not journaled, and end with their request. */
@ApplicationScoped
public class DirectCalls {

    private final Toolbox toolbox;
    private final CallPolicy policy;

    DirectCalls(Toolbox toolbox, CallPolicy policy) {
        this.toolbox = toolbox;
        this.policy = policy;
    }

    /** What the policy says of a call. */
    public Verdict verdict(Caller caller, ToolSpec tool, ObjectNode arguments) {
        return policy.verdict(caller.tenant(), tool, arguments);
    }

    /** The call, where the policy lets it be made without a person; else a failed result that says why not. */
    public Uni<ToolResult> callUnasked(Caller caller, ToolSpec tool, ObjectNode arguments) {
        return switch (verdict(caller, tool, arguments)) {
            case Verdict.Allow allowed -> call(caller, tool.name(), arguments);
            case Verdict.Ask ask -> refused(needsPerson(tool.name()));
            case Verdict.Deny(String reason) -> refused(denied(reason));
        };
    }

    /** Why a call is not made that a person has to approve. */
    public static String needsPerson(String tool) {
        return "a person has to approve calls of " + tool + ": name it to a task, which waits for that";
    }

    /** Why a call is not made that the policy denies. */
    public static String denied(String reason) {
        return "the policy does not allow this call" + (reason.isEmpty() ? "" : ": " + reason);
    }

    private static Uni<ToolResult> refused(String why) {
        return Uni.createFrom().item(new ToolResult(why, true, false));
    }

    /**
     * Calls a tool of the caller's tenant; the caller's right to it, and the policy, have been looked at.
     *
     * @param arguments untrusted
     * @return never fails: what went wrong is a failed result
     */
    public Uni<ToolResult> call(Caller caller, String name, ObjectNode arguments) {
        String id = UUID.randomUUID().toString();
        return toolbox.call(
                new ToolCall(id, name, arguments),
                Set.of(name),
                new ToolContext(caller.tenant(), "direct." + id, new CallThreads()));
    }
}
