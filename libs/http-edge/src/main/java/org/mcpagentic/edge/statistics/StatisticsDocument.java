package org.mcpagentic.edge.statistics;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mcpagentic.store.Statistics;
import org.mcpagentic.store.TaskStatus;

/**
 * A tenant's figures on the wire. Durations are seconds; what cannot be derived yet is left out, and so is what is of tasks
 * alone where questions are counted.
 *
 * @param queriesProcessed what reached an end: succeeded, failed and cancelled after it was queued or asked
 * @param sessionStartTime when counting began
 * @param activeSessions sessions active in the last 30 minutes
 * @param successRate successful of processed, 0 to 1
 * @param p50ResponseTime an upper bound, at most 19 % above the exact figure
 * @param p95ResponseTime likewise
 * @param oldestQueuedAge how long the oldest queued task waits
 * @param tasks tasks kept in each status
 */
@RegisterForReflection
@Schema(name = "Statistics")
public record StatisticsDocument(
        long queriesProcessed,
        Duration totalResponseTime,
        long successfulQueries,
        long failedQueries,
        long cancelledQueries,
        Instant sessionStartTime,
        long activeSessions,
        Optional<Double> successRate,
        Optional<Duration> averageResponseTime,
        Optional<Duration> p50ResponseTime,
        Optional<Duration> p95ResponseTime,
        long inputTokens,
        long outputTokens,
        double costUsd,
        Optional<Long> toolCalls,
        Optional<Long> queueDepth,
        Optional<Duration> oldestQueuedAge,
        Optional<Map<String, Long>> tasks) {

    /** The figures of tasks. */
    public static StatisticsDocument ofTasks(Statistics figures) {
        Map<String, Long> tasks = new LinkedHashMap<>();
        for (TaskStatus status : TaskStatus.values()) {
            tasks.put(status.wireName(), figures.tasks().getOrDefault(status, 0L));
        }
        return of(
                figures,
                Optional.of(figures.toolCalls()),
                Optional.of(figures.tasks().getOrDefault(TaskStatus.QUEUED, 0L)),
                Optional.of(figures.oldestQueued()),
                Optional.of(tasks));
    }

    /** The figures of direct questions. */
    public static StatisticsDocument ofQuestions(Statistics figures) {
        return of(figures, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static StatisticsDocument of(
            Statistics figures,
            Optional<Long> toolCalls,
            Optional<Long> queueDepth,
            Optional<Duration> oldestQueuedAge,
            Optional<Map<String, Long>> tasks) {
        long processed = figures.processed();
        return new StatisticsDocument(
                processed,
                figures.totalResponseTime(),
                figures.successful(),
                figures.failed(),
                figures.cancelled(),
                figures.since(),
                figures.activeSessions(),
                processed == 0
                        ? Optional.empty()
                        : Optional.of(Math.round(figures.successful() * 1000.0 / processed) / 1000.0),
                processed == 0
                        ? Optional.empty()
                        : Optional.of(figures.totalResponseTime().dividedBy(processed)),
                figures.p50(),
                figures.p95(),
                figures.inputTokens(),
                figures.outputTokens(),
                figures.costMicros() / 1e6,
                toolCalls,
                queueDepth,
                oldestQueuedAge,
                tasks);
    }
}
