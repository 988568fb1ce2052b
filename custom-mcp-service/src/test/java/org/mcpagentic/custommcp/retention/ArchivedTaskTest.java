package org.mcpagentic.custommcp.retention;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mcpagentic.archive.find.Main;
import org.mcpagentic.custommcp.support.Tasks;
import org.mcpagentic.testsupport.Metrics;
import org.mcpagentic.testsupport.RedisOfTests;
import org.mcpagentic.testsupport.Until;

/** A task's way from its creation to the archive. */
@QuarkusTest
@WithTestResource(RedisOfTests.class)
@TestProfile(ArchivedTaskTest.Archiving.class)
@Timeout(60)
class ArchivedTaskTest {

    /** Ended tasks are kept for two seconds. */
    public static final class Archiving implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "archive.folder", emptyFolder(),
                    "retention.period", "100ms",
                    "store.task-retention", "2s");
        }

        private static String emptyFolder() {
            try {
                return Files.createTempDirectory("archive-of-tests-").toString();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @ConfigProperty(name = "archive.folder")
    String folder = "";

    @Test
    void isFoundInTheArchiveOnceItIsGone() throws JsonProcessingException {
        String id = Tasks.create("What is 6 * 7?", "calculator");
        String result = Tasks.run(id).getString("result");

        Until.holds(
                "removed",
                Duration.ofSeconds(20),
                () -> RestAssured.get("/task/{id}", id).statusCode() == 404);

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int status = Main.run(
                new String[] {"ARCHIVE=" + folder, "ID=" + id, "TEXT=6 * 7"},
                Map.of(),
                out,
                new PrintStream(System.err, true, UTF_8));
        JsonNode task = new ObjectMapper().readTree(out.toString(UTF_8));
        Metrics metrics = Metrics.scrape();
        assertThat(status).isZero();
        assertThat(out.toString(UTF_8).lines()).hasSize(1);
        assertThat(task.path("status").asText()).isEqualTo("succeeded");
        assertThat(task.path("result").asText()).isEqualTo(result).contains("42");
        assertThat(task.path("steps"))
                .isNotEmpty()
                .allMatch(step -> step.path("intent").isObject());
        assertThat(task.path("steps")).allMatch(step -> step.path("outcome").isObject());
        assertThat(task.at("/events/0/type").asText()).isEqualTo("task.created");
        assertThat(task.path("events").findValuesAsText("type")).last().isEqualTo("task.succeeded");
        assertThat(metrics.value("tasks_archived_total", "")).isEqualTo(1);
        assertThat(metrics.value("tasks_purged_total", "")).isEqualTo(1);
        assertThat(metrics.value("retention_failures_total", "cause=\"archive\""))
                .isZero();
    }
}
