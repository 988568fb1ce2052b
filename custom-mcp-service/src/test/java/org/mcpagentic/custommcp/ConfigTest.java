package org.mcpagentic.custommcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mcpagentic.agent.worker.WorkerConfig;
import org.mcpagentic.custommcp.tasks.TasksConfig;
import org.mcpagentic.testsupport.Settings;

/** The settings' defaults and bounds. */
class ConfigTest {

    @Test
    void defaultsOfTasks() {
        TasksConfig config = Settings.of(TasksConfig.class, Map.of());

        assertThat(config.runWait()).isEqualTo(Duration.ofSeconds(25));
        assertThat(config.longestWait()).isEqualTo(Duration.ofSeconds(50));
    }

    @Test
    void defaultsOfTheWorker() {
        WorkerConfig config = Settings.of(WorkerConfig.class, Map.of());

        assertThat(config.slots()).isEqualTo(64);
        assertThat(config.heartbeat()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.grace()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.steps()).isEqualTo(50);
        assertThat(config.time()).isEqualTo(Duration.ofMinutes(15));
        assertThat(config.modelTurn()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.tokens()).isEqualTo(2_000_000);
        assertThat(config.cost()).isEqualByComparingTo("5");
    }

    @Test
    void settingsAreTaken() {
        TasksConfig config =
                Settings.of(TasksConfig.class, Map.of("tasks.run-wait", "0s", "tasks.longest-wait", "10m"));

        assertThat(config.runWait()).isZero();
        assertThat(config.longestWait()).isEqualTo(Duration.ofMinutes(10));
    }

    @ParameterizedTest
    @CsvSource({"tasks.run-wait,-1s", "tasks.run-wait,601s", "tasks.longest-wait,11m", "tasks.run-wait,soon"})
    void tasksSettingsOutOfBoundsAreNamed(String name, String value) {
        assertThatThrownBy(() -> Settings.of(TasksConfig.class, Map.of(name, value)))
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @CsvSource({
        "worker.slots,-1",
        "worker.slots,10001",
        "worker.slots,many",
        "worker.heartbeat,99ms",
        "worker.heartbeat,21s",
        "worker.grace,11m",
        "worker.steps,0",
        "worker.steps,1001",
        "worker.time,0s",
        "worker.time,25h",
        "worker.model-turn,0s",
        "worker.model-turn,61m",
        "worker.tokens,0",
        "worker.cost,0"
    })
    void workerSettingsOutOfBoundsAreNamed(String name, String value) {
        assertThatThrownBy(() -> Settings.of(WorkerConfig.class, Map.of(name, value)))
                .hasMessageContaining(name);
    }
}
