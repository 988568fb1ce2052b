package org.mcpagentic.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas share the work; the death of one costs time and nothing else. */
class ReplicaDeathTest {
    private static final int TASKS = 200;

    @Test
    void allOfTwoHundredTasksEndOnceAlthoughOneOfTwoReplicasIsKilledAmongThem(@TempDir Path data) {
        try (RunningSystem system = RunningSystem.start(data, 2, Map.of("WORKER_SLOTS", "8"))) {
            Rest survivor = system.custom(0);
            Rest victim = system.custom(1);
            List<String> ids = Work.queue(TASKS, List.of(survivor, victim));
            Work.awaitProcessed(survivor, TASKS / 10, Duration.ofMinutes(1));
            Eventually.holds(Duration.ofMinutes(1), "both replicas work", () -> didWork(survivor) && didWork(victim));

            Instant killed = Instant.now();
            system.killCustom(1);

            assertThat(Work.processed(survivor)).as("processed at the kill").isLessThan(TASKS);
            Work.awaitProcessed(survivor, TASKS, Duration.ofMinutes(2));
            List<JsonNode> tasks = Work.read(survivor, ids);
            assertThat(tasks).extracting(task -> task.get("status").asText()).containsOnly("succeeded");
            printRecovery(tasks, killed);
            assertCountedOnce(survivor.stats(), tasks);
            Eventually.holds(Duration.ofMinutes(1), "the replica is started again", () -> system.starts(1) == 2);
            assertThat(victim.stats().get("queries_processed").asInt()).isEqualTo(TASKS);
        }
    }

    private static boolean didWork(Rest replica) {
        return replica.metric("tool_call_seconds_count", sample -> true) > 0;
    }

    private static void assertCountedOnce(JsonNode stats, List<JsonNode> tasks) {
        assertThat(stats.get("queries_processed").asInt()).isEqualTo(TASKS);
        assertThat(stats.get("successful_queries").asInt()).isEqualTo(TASKS);
        assertThat(stats.get("tool_calls").asInt())
                .isEqualTo(tasks.stream()
                        .mapToInt(task -> task.at("/usage/tool_calls").asInt())
                        .sum());
    }

    /** How long tasks of the dead replica lay still: until the first step of their next attempt. */
    private static void printRecovery(List<JsonNode> tasks, Instant killed) {
        List<Duration> pauses = tasks.stream()
                .filter(task -> task.get("attempt").asInt() > 1)
                .flatMap(task -> StreamSupport.stream(task.get("steps").spliterator(), false)
                        .filter(step -> step.get("attempt").asInt() > 1)
                        .map(step -> Instant.parse(step.get("started_at").asText()))
                        .min(Comparator.naturalOrder())
                        .stream())
                .map(taken -> Duration.between(killed, taken))
                .sorted()
                .toList();
        assertThat(pauses).as("tasks that the survivor took over").isNotEmpty();
        System.out.printf("figure: tasks taken over after kill -9: %d%n", pauses.size());
        Figures.print("first task taken over after kill -9", pauses.getFirst());
        Figures.print("last task taken over after kill -9", pauses.getLast());
        tasks.stream()
                .map(task -> Instant.parse(task.get("finished_at").asText()))
                .max(Comparator.naturalOrder())
                .ifPresent(end -> Figures.print("all tasks done after kill -9", Duration.between(killed, end)));
    }
}
