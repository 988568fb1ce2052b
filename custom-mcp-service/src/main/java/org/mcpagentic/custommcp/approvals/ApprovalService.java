package org.mcpagentic.custommcp.approvals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.mcpagentic.access.Scope;
import org.mcpagentic.agent.approval.CallPolicy;
import org.mcpagentic.agent.approval.CallPolicy.Verdict;
import org.mcpagentic.agent.approval.CanonicalArguments;
import org.mcpagentic.agent.tool.ArgumentCheck;
import org.mcpagentic.agent.tool.ToolSpec;
import org.mcpagentic.agent.tool.Toolbox;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.edge.problem.FieldError;
import org.mcpagentic.edge.problem.ProblemCode;
import org.mcpagentic.edge.problem.ProblemException;
import org.mcpagentic.store.Approval;
import org.mcpagentic.store.ApprovalDecision;
import org.mcpagentic.store.ApprovalId;
import org.mcpagentic.store.ApprovalPage;
import org.mcpagentic.store.ApprovalStatus;
import org.mcpagentic.store.ApprovalStore;
import org.mcpagentic.store.CallArguments;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.TaskId;

/** What callers can do with requests for approval. */
@ApplicationScoped
class ApprovalService implements Approvals {

    /** Bound on edited arguments in characters, so that the journal takes them for one step. */
    private static final int MOST_CHARS = 65_536;

    private final ApprovalStore store;
    private final Toolbox toolbox;
    private final CallPolicy policy;

    ApprovalService(ApprovalStore store, Toolbox toolbox, CallPolicy policy) {
        this.store = store;
        this.toolbox = toolbox;
        this.policy = policy;
    }

    Uni<Approval> read(Caller caller, ApprovalId id) {
        return store.read(caller.tenant(), id);
    }

    Uni<ApprovalPage> list(Caller caller, Optional<ApprovalStatus> status, OptionalLong before, int limit) {
        return store.list(caller.tenant(), status, before, limit);
    }

    @Override
    public Uni<List<Approval>> pendingOf(Caller caller, TaskId task) {
        return store.ofTask(caller.tenant(), task)
                .map(all -> all.stream().filter(Approval::isPending).toList());
    }

    @Override
    public Uni<Approval> decide(Caller caller, ApprovalId id, Decision decision) {
        return decide(
                caller, id, decision, OptionalLong.empty(), UUID.randomUUID().toString());
    }

    /**
     * Decides.
     *
     * @param shown revision that any decision is about, where the caller names one
     * @param nonce the same for the same request sent again
     */
    Uni<Approval> decide(Caller caller, ApprovalId id, Decision decision, OptionalLong shown, String nonce) {
        return Uni.createFrom().deferred(() -> {
            caller.require(Scope.APPROVALS_DECIDE);
            return store.read(caller.tenant(), id).chain(approval -> {
                ApprovalDecision wanted = wanted(approval, decision);
                boolean stale = shown.isPresent() && shown.getAsLong() != approval.revision();
                if (stale && !wanted.ledTo(approval.state())) {
                    throw new StoreException(
                            StoreException.Code.APPROVAL_CHANGED, "the approval is another one by now");
                }
                return store.decide(caller.tenant(), caller.owner(), id, nonce, wanted);
            });
        });
    }

    private ApprovalDecision wanted(Approval approval, Decision decision) {
        return switch (decision) {
            case Decision.Approve(Optional<String> digest) ->
                new ApprovalDecision.Approve(digest.orElse(approval.arguments().digest()));
            case Decision.Edit(ObjectNode arguments, long revision) ->
                new ApprovalDecision.ApproveEdited(checked(approval, arguments), revision);
            case Decision.Refuse(String reason) -> new ApprovalDecision.Refuse(reason);
        };
    }

    /** Arguments that the tool takes, and that the policy does not deny. */
    private CallArguments checked(Approval approval, ObjectNode edited) {
        CallArguments arguments = CanonicalArguments.of(edited);
        if (arguments.json().length() > MOST_CHARS) {
            throw ProblemException.invalid("arguments", "are longer than 65,536 characters");
        }
        // why not what came: what is checked is what the tool will be given
        ObjectNode given = CanonicalArguments.intact(arguments)
                .orElseThrow(() -> new IllegalStateException("arguments do not belong to their own digest"));
        ToolSpec tool = toolbox.spec(approval.tenant(), approval.toolName())
                .orElseThrow(() -> ProblemException.invalid("arguments", "are for a tool that there is not any more"));
        List<FieldError> errors = flaws(tool, given);
        if (!errors.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.INVALID,
                    "the arguments do not fit the schema of " + tool.name(),
                    errors,
                    Optional.empty());
        }
        if (policy.verdict(approval.tenant(), tool, given) instanceof Verdict.Deny(String reason)) {
            throw ProblemException.invalid(
                    "arguments", "are denied by the policy" + (reason.isEmpty() ? "" : ": " + reason));
        }
        return arguments;
    }

    private List<FieldError> flaws(ToolSpec tool, ObjectNode arguments) {
        if (!toolbox.isCommon(tool.name())) {
            // why: a schema from elsewhere may be made to be slow; its tool refuses arguments itself
            return List.of();
        }
        return new ArgumentCheck(tool)
                .flaws(arguments).stream()
                        .map(flaw -> new FieldError("arguments" + flaw.place(), flaw.message()))
                        .toList();
    }
}
