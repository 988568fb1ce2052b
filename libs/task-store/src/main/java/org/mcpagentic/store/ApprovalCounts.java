package org.mcpagentic.store;

import java.time.Duration;
import java.util.Map;

/**
 * Requests for approval over all tenants since the store was created.
 *
 * @param requested how many there were
 * @param decided how many of them are pending no longer, by what came of them
 * @param waited by all of those together, from request to decision
 */
public record ApprovalCounts(long requested, Map<ApprovalStatus, Long> decided, Duration waited) {

    public static final ApprovalCounts NONE = new ApprovalCounts(0, Map.of(), Duration.ZERO);

    public ApprovalCounts {
        decided = Map.copyOf(decided);
    }

    /** How many are pending now. */
    public long pending() {
        return requested - total();
    }

    /** How many are pending no longer. */
    public long total() {
        return decided.values().stream().mapToLong(Long::longValue).sum();
    }
}
