package org.mcpagentic.store;

import java.time.Instant;

/**
 * A request for a person's approval of one call of one task's step, and what came of it. It serves no other call.
 *
 * @param arguments what was asked for; never changes
 * @param revision counts from 1, grows with every change
 */
public record Approval(
        ApprovalId id,
        TaskId task,
        TenantId tenant,
        int step,
        String toolName,
        String sideEffects,
        CallArguments arguments,
        Instant requestedAt,
        Instant expiresAt,
        long revision,
        ApprovalState state) {

    public ApprovalStatus status() {
        return state.status();
    }

    public boolean isPending() {
        return state.status() == ApprovalStatus.PENDING;
    }
}
