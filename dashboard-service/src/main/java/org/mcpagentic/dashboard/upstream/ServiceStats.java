package org.mcpagentic.dashboard.upstream;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The statistics of one service, as {@code docs/reference/rest-api.md} has them. What is optional is left out while
 * there is nothing to derive it from; from {@code queueDepth} on it is custom-mcp-service's alone.
 *
 * @param queriesProcessed work that reached an end
 * @param successfulQueries work that succeeded
 * @param failedQueries work that failed
 * @param cancelledQueries work that was cancelled after it was queued
 * @param totalResponseTime seconds, summed over what was processed
 * @param sessionStartTime when counting began
 * @param activeSessions sessions active in the last 30 minutes
 * @param successRate from 0 to 1
 * @param averageResponseTime seconds
 * @param p50ResponseTime seconds
 * @param p95ResponseTime seconds
 * @param inputTokens tokens read by models
 * @param outputTokens tokens written by models
 * @param costUsd dollars
 * @param queueDepth tasks that wait for a worker
 * @param oldestQueuedAge seconds that the oldest of them has waited
 * @param toolCalls tool calls made
 * @param tasks how many tasks are in each state
 */
@RegisterForReflection
// why: a service may tell more tomorrow, and the shared mapper is strict
@JsonIgnoreProperties(ignoreUnknown = true)
public record ServiceStats(
        long queriesProcessed,
        long successfulQueries,
        long failedQueries,
        long cancelledQueries,
        double totalResponseTime,
        Optional<Instant> sessionStartTime,
        long activeSessions,
        Optional<Double> successRate,
        Optional<Double> averageResponseTime,
        Optional<Double> p50ResponseTime,
        Optional<Double> p95ResponseTime,
        long inputTokens,
        long outputTokens,
        double costUsd,
        Optional<Long> queueDepth,
        Optional<Double> oldestQueuedAge,
        Optional<Long> toolCalls,
        Optional<Map<String, Long>> tasks) {}
