package org.mcpagentic.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas share the work; the death of one costs time and nothing else. */
class ReplicaDeathTest {
    private static final int TASKS = 200;
    private static final int SLOTS = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void allOfTwoHundredTasksEndOnceAlthoughOneOfTwoReplicasIsKilledAmongThem(@TempDir Path data) throws Exception {
        try (RunningSystem system = RunningSystem.start(data, 2, Map.of("WORKER_SLOTS", Integer.toString(SLOTS)));
                ExecutorService background = Executors.newSingleThreadExecutor()) {
            Rest survivor = system.custom(0);
            Rest victim = system.custom(1);
            List<String> ids = Work.create(TASKS, List.of(survivor, victim));
            Future<?> queued = background.submit(() -> Work.enqueue(ids, survivor));
            Eventually.holds(PATIENCE, "both replicas work", () -> didWork(survivor) && didWork(victim));

            Instant frozen = killAmongItsWork(system);

            assertThat(Work.processed(survivor)).as("processed at the kill").isLessThan(TASKS);
            queued.get();
            Work.awaitProcessed(survivor, TASKS, PATIENCE);
            List<JsonNode> tasks = Work.read(survivor, ids);
            assertThat(tasks).extracting(task -> task.get("status").asText()).containsOnly("succeeded");
            printRecovery(tasks, frozen);
            assertCountedOnce(survivor.stats(), tasks);
            Eventually.holds(PATIENCE, "the replica is started again", () -> system.starts(1) == 2);
            assertThat(victim.stats().get("queries_processed").asInt()).isEqualTo(TASKS);
        }
    }

    /** Kills the second replica while it holds at least one task; returns when it did its last. */
    private static Instant killAmongItsWork(RunningSystem system) {
        AtomicReference<Instant> frozen = new AtomicReference<>(Instant.MAX);
        Eventually.holds(PATIENCE, "the second replica is found among its work", () -> {
            frozen.set(Instant.now());
            system.signalCustom(1, "STOP");
            // why: the first can run no more than its slots, so what runs beyond them is the frozen one's
            if (system.custom(0).get("task?status=running").get("items").size() > SLOTS) {
                return true;
            }
            system.signalCustom(1, "CONT");
            return false;
        });
        system.signalCustom(1, "KILL");
        return frozen.get();
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
    private static void printRecovery(List<JsonNode> tasks, Instant frozen) {
        List<Duration> pauses = tasks.stream()
                .filter(task -> task.get("attempt").asInt() > 1)
                .flatMap(task -> StreamSupport.stream(task.get("steps").spliterator(), false)
                        .filter(step -> step.get("attempt").asInt() > 1)
                        .map(step -> Instant.parse(step.get("started_at").asText()))
                        .min(Comparator.naturalOrder())
                        .stream())
                .map(taken -> Duration.between(frozen, taken))
                .sorted()
                .toList();
        assertThat(pauses).as("tasks that the survivor took over").isNotEmpty();
        System.out.printf("figure: tasks taken over after kill -9: %d%n", pauses.size());
        Figures.print("first task taken over after kill -9", pauses.getFirst());
        Figures.print("last task taken over after kill -9", pauses.getLast());
        tasks.stream()
                .map(task -> Instant.parse(task.get("finished_at").asText()))
                .max(Comparator.naturalOrder())
                .ifPresent(end -> Figures.print("all tasks done after kill -9", Duration.between(frozen, end)));
    }
}
