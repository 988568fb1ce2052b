package org.mcpagentic.store;

import java.time.Duration;
import java.util.Map;

/**
 * The queue's state over all tenants.
 *
 * @param tasks how many tasks are kept in each status
 * @param oldestQueued how long the oldest queued task waits; zero where none does
 * @param ended what came of the tasks that are done
 * @param outboxLost entries that subscribers can no longer read since the outbox was created
 * @param approvals what was asked of people, and what they decided, since the store was created
 * @param oldestApproval how long the oldest pending request waits for a person; zero where none does
 * @param memory of the Redis that is fullest
 */
public record QueueGauges(
        Map<TaskStatus, Long> tasks,
        Duration oldestQueued,
        EndedTasks ended,
        long outboxLost,
        ApprovalCounts approvals,
        Duration oldestApproval,
        StoreMemory memory) {

    public QueueGauges {
        tasks = Map.copyOf(tasks);
    }
}
