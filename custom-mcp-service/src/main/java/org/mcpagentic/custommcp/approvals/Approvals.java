package org.mcpagentic.custommcp.approvals;

import io.smallrye.mutiny.Uni;
import java.util.List;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.store.Approval;
import org.mcpagentic.store.ApprovalId;
import org.mcpagentic.store.TaskId;

/**
 * What callers can do with requests for approval, by whatever way they come. Fails with
 * {@link org.mcpagentic.edge.problem.ProblemException} or {@link org.mcpagentic.store.StoreException}.
 */
public interface Approvals {

    /** What a task of the caller's tenant waits for, oldest first; nothing where there is no such task. */
    Uni<List<Approval>> pendingOf(Caller caller, TaskId task);

    /**
     * Decides for good. The same decision again returns what the first one led to.
     *
     * @return the approval as it is now. Fails with {@code insufficient_scope} without {@code approvals:decide}, with
     *     {@code invalid} where edited arguments do not fit, with {@code precondition_failed} where the approval is another
     *     one by now, with {@code approval_decided} where it was decided otherwise or in time by nobody
     */
    Uni<Approval> decide(Caller caller, ApprovalId id, Decision decision);
}
