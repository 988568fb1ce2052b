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
        Instant stopped;
        try (RunningSystem system = RunningSystem.start(data, Map.of("WORKER_SLOTS", "1"))) {
            ids = Work.queue(TASKS, List.of(system.custom()));
            Work.awaitProcessed(system.custom(), 2, Duration.ofMinutes(1));
            stopped = Instant.now();
            system.stop();
        }

        try (RunningSystem system = RunningSystem.start(data, Map.of())) {
            Work.awaitProcessed(system.custom(), TASKS, Duration.ofMinutes(1));

            List<JsonNode> tasks = Work.read(system.custom(), ids);
            assertThat(tasks).extracting(task -> task.get("status").asText()).containsOnly("succeeded");
            assertThat(tasks)
                    .filteredOn(task ->
                            Instant.parse(task.get("finished_at").asText()).isAfter(stopped))
                    .as("tasks that ended after the stop")
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
