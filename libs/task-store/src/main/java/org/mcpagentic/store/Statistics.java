package org.mcpagentic.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One tenant's figures, counted by the transitions themselves.
 *
 * @param processed what reached an end after it was queued or asked
 * @param totalResponseTime sum over what was processed
 * @param since when counting began
 * @param activeSessions sessions active in the last 30 minutes
 * @param p50 half of the response times are at most this, to within 19 % (logarithmic buckets); nothing without data
 * @param p95 likewise for 95 %
 * @param tasks tasks kept in each status; empty for questions
 * @param oldestQueued how long the oldest queued task waits, zero where none does
 */
public record Statistics(
        long processed,
        long successful,
        long failed,
        long cancelled,
        Duration totalResponseTime,
        Instant since,
        long activeSessions,
        long inputTokens,
        long outputTokens,
        long costMicros,
        long toolCalls,
        Optional<Duration> p50,
        Optional<Duration> p95,
        Map<TaskStatus, Long> tasks,
        Duration oldestQueued) {

    public Statistics {
        tasks = Map.copyOf(tasks);
    }
}
