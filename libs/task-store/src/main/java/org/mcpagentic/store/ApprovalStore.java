package org.mcpagentic.store;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Requests for approval as people see them. A task makes them with {@link Ending.Suspended} and waits until all are decided;
 * they are kept as long as their task. Every operation is one atomic step, safe to repeat, and fails with
 * {@link StoreException}.
 */
public interface ApprovalStore {

    /** The approval; fails with {@code APPROVAL_NOT_FOUND} also for another tenant's. */
    Uni<Approval> read(TenantId tenant, ApprovalId id);

    /** What a task asked for, oldest first; nothing where there is no such task of the tenant's. */
    Uni<List<Approval>> ofTask(TenantId tenant, TaskId task);

    /**
     * The tenant's approvals, newest first.
     *
     * @param status only these
     * @param before where a page before ended, {@link ApprovalPage#next()}
     * @param limit 1 to 200
     */
    Uni<ApprovalPage> list(TenantId tenant, Optional<ApprovalStatus> status, OptionalLong before, int limit);

    /**
     * Decides, and queues the task where it waits for no other decision.
     *
     * @param by who decides, for the audit trail
     * @param nonce random; the same decision sent twice is taken once
     * @return the approval as it is now, also where the same was decided before. Fails with {@code APPROVAL_CHANGED} where it
     *     names another revision or other arguments, with {@code APPROVAL_DECIDED} where it was decided otherwise, has
     *     expired or was withdrawn
     */
    Uni<Approval> decide(TenantId tenant, OwnerId by, ApprovalId id, String nonce, ApprovalDecision decision);
}
