package org.mcpagentic.custommcp.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.mcpagentic.access.AccessConfig;
import org.mcpagentic.access.audit.AuditEvent;
import org.mcpagentic.access.audit.AuditLog;
import org.mcpagentic.agent.approval.CallPolicy;
import org.mcpagentic.agent.approval.CallPolicy.Verdict;
import org.mcpagentic.agent.tool.CallThreads;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.ToolCall;
import org.mcpagentic.agent.tool.ToolContext;
import org.mcpagentic.agent.tool.ToolResult;
import org.mcpagentic.agent.tool.ToolSpec;
import org.mcpagentic.agent.tool.Toolbox;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.edge.problem.ProblemCode;
import org.mcpagentic.edge.problem.ProblemException;

/** Calls of tools that no task makes: the caller's own. They are not journaled, and end with their request. */
@ApplicationScoped
public class DirectCalls {

    /** How many calls of one owner are made at once on one replica; a caller that wants more waits for one to end. */
    private static final int MOST_AT_ONCE = 16;

    private static final Duration SOON = Duration.ofSeconds(1);

    private final Toolbox toolbox;
    private final CallPolicy policy;
    private final AuditLog audit;
    private final boolean audited;

    // why only here: a bound on this replica's work, which nobody misses after a restart
    private final Map<String, Integer> underWay = new ConcurrentHashMap<>();

    DirectCalls(Toolbox toolbox, CallPolicy policy, AuditLog audit, AccessConfig access) {
        this.toolbox = toolbox;
        this.policy = policy;
        this.audit = audit;
        this.audited = access.enabled();
    }

    /** What the policy says of a call. */
    public Verdict verdict(Caller caller, ToolSpec tool, ObjectNode arguments) {
        return policy.verdict(caller.tenant(), tool, arguments);
    }

    /** The call, where the policy lets it be made without a person; else a failed result that says why not. */
    public Uni<ToolResult> callUnasked(Caller caller, ToolSpec tool, ObjectNode arguments) {
        return switch (verdict(caller, tool, arguments)) {
            case Verdict.Allow allowed -> call(caller, tool, arguments);
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
     * Calls a tool of the caller's tenant; the caller's right to it, and the policy, have been looked at. What may change something is
     * written into the audit trail before.
     *
     * @param arguments untrusted
     * @return what went wrong in the call is a failed result; fails with {@code too_many_under_way} where the caller has too many at
     *     once, and where the trail cannot be written
     */
    public Uni<ToolResult> call(Caller caller, ToolSpec tool, ObjectNode arguments) {
        return Uni.createFrom().deferred(() -> {
            String who = caller.tenant() + " " + caller.owner();
            if (underWay.merge(who, 1, Integer::sum) > MOST_AT_ONCE) {
                left(who);
                throw new ProblemException(
                        ProblemCode.TOO_MANY_UNDER_WAY,
                        "as many calls as allowed are under way; wait for one to end",
                        SOON);
            }
            return written(caller, tool)
                    .chain(() -> made(caller, tool.name(), arguments))
                    .onTermination()
                    .invoke(() -> left(who));
        });
    }

    private void left(String who) {
        underWay.computeIfPresent(who, (name, calls) -> calls > 1 ? calls - 1 : null);
    }

    private Uni<Void> written(Caller caller, ToolSpec tool) {
        return audited && tool.sideEffects() != SideEffects.READ_ONLY
                ? audit.append(new AuditEvent(caller.tenant(), caller.owner().value(), "tool.call", tool.name(), ""))
                : Uni.createFrom().voidItem();
    }

    private Uni<ToolResult> made(Caller caller, String name, ObjectNode arguments) {
        String id = UUID.randomUUID().toString();
        return toolbox.call(
                new ToolCall(id, name, arguments),
                Set.of(name),
                new ToolContext(caller.tenant(), "direct." + id, new CallThreads()));
    }
}
