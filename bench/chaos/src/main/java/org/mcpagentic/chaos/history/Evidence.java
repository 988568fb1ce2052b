package org.mcpagentic.chaos.history;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that a run left behind.
 *
 * @param tasks by id
 * @param counts the counters in Redis, by name
 * @param statistics what {@code GET /stats} shows, by name; tasks by status as {@code tasks.STATUS}
 * @param outbox as {@code type id}, in order
 * @param outboxLost entries that were trimmed
 * @param workers that run
 * @param holders the replica that held an attempt, where that is known: by {@code id attempt}
 * @param moves where each status may lead, by the reference page
 */
public record Evidence(
        List<Observation> observations,
        Map<String, StoredTask> tasks,
        Map<String, Long> counts,
        Map<String, Long> statistics,
        List<String> outbox,
        long outboxLost,
        List<StoredKey> keys,
        List<String> workers,
        List<ModelCall> calls,
        List<Execution> executions,
        List<Disturbance> disturbances,
        List<LostWorker> lost,
        Map<String, Integer> holders,
        Map<String, Set<String>> moves) {

    public Evidence {
        observations = List.copyOf(observations);
        tasks = Map.copyOf(tasks);
        counts = Map.copyOf(counts);
        statistics = Map.copyOf(statistics);
        outbox = List.copyOf(outbox);
        keys = List.copyOf(keys);
        workers = List.copyOf(workers);
        calls = List.copyOf(calls);
        executions = List.copyOf(executions);
        disturbances = List.copyOf(disturbances);
        lost = List.copyOf(lost);
        holders = Map.copyOf(holders);
        moves = Map.copyOf(moves);
    }

    /** A counter; 0 where it was never counted. */
    public long count(String name) {
        return counts.getOrDefault(name, 0L);
    }

    /** How many finished tasks were removed. */
    public long purged() {
        return StoredTask.FINAL.stream()
                .mapToLong(status -> count("p:" + status))
                .sum();
    }

    /** The observations of one kind, in order. */
    public <T extends Observation> List<T> seen(Class<T> kind) {
        return observations.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
