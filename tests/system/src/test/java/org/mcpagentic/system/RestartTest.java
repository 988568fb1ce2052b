package org.mcpagentic.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Work that was under way when everything was stopped goes on where it stood. */
class RestartTest {
    private static final int TASKS = 20;

    @Test
    void allOfTwentyTasksEndOnceAlthoughTheSystemIsStoppedAmongThem(@TempDir Path data) {
        List<String> ids;
        try (RunningSystem system = RunningSystem.start(data, Map.of("WORKER_SLOTS", "1"))) {
            ids = Work.queue(TASKS, system.custom());
            Work.awaitProcessed(system.custom(), 1, Duration.ofMinutes(1));
            system.stop();
        }

        Instant between = Instant.now();
        try (RunningSystem system = RunningSystem.start(data, Map.of())) {
            Work.awaitProcessed(system.custom(), TASKS, Duration.ofMinutes(1));

            List<JsonNode> tasks = Work.read(system.custom(), ids);
            assertThat(tasks).extracting(task -> task.get("status").asText()).containsOnly("succeeded");
            assertThat(tasks)
                    .filteredOn(task ->
                            Instant.parse(task.get("finished_at").asText()).isAfter(between))
                    .as("tasks that the stop left unfinished")
                    .hasSizeGreaterThan(1);
            JsonNode stats = system.custom().stats();
            assertThat(stats.get("queries_processed").asInt()).isEqualTo(TASKS);
            assertThat(stats.get("successful_queries").asInt()).isEqualTo(TASKS);
            assertThat(stats.get("tool_calls").asInt())
                    .isEqualTo(tasks.stream()
                            .mapToInt(task -> task.at("/usage/tool_calls").asInt())
                            .sum());
        }
    }
}
