package org.mcpagentic.store;

import java.time.Duration;
import java.util.Map;

/**
 * The queue's state over all tenants.
 *
 * @param tasks how many tasks are kept in each status
 * @param oldestQueued how long the oldest queued task waits; zero where none does
 * @param outboxLost entries that subscribers can no longer read since the outbox was created
 * @param approvals what was asked of people, and what they decided, since the store was created
 */
public record QueueGauges(
        Map<TaskStatus, Long> tasks, Duration oldestQueued, long outboxLost, ApprovalCounts approvals) {

    public QueueGauges {
        tasks = Map.copyOf(tasks);
    }
}
