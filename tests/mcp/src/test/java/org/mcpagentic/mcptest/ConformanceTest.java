package org.mcpagentic.mcptest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mcpagentic.localredis.FreePort;
import org.mcpagentic.localredis.LocalRedis;
import org.mcpagentic.mcptest.Conformance.Score;
import org.mcpagentic.mcptest.Conformance.Verdict;
import org.mcpagentic.testsupport.PackagedService;

/** The official suite finds both revisions served, by one replica and by two that know nothing of each other. */
@ExtendWith(NodeNeeded.class)
class ConformanceTest {
    /** How many checks a server passes that passes all. */
    private static final long ALL_OF_2026_07_28 = 196;

    private static final long ALL_OF_2025_11_25 = 80;

    /** Reported by the suite and never scored; passed here all the same. */
    private static final Set<String> BEYOND_2026_07_28 = Set.of(
            "http-custom-header-server-validation",
            "http-header-validation",
            "json-schema-2020-12",
            "tasks-capability-negotiation",
            "tasks-dispatch-and-envelope",
            "tasks-lifecycle",
            "tasks-mrtr-composition",
            "tasks-mrtr-input",
            "tasks-request-headers",
            "tasks-request-state-removal",
            "tasks-required-task-error",
            "tasks-status-notifications",
            "tasks-wire-fields");

    private static final Set<String> BEYOND_2025_11_25 =
            Set.of("json-schema-2020-12", "server-session-lifecycle", "server-sse-polling");

    private static Path folder;
    private static NodeTools node;
    private static LocalRedis redis;
    private static PackagedService first;
    private static PackagedService second;

    @BeforeAll
    static void start(@TempDir Path results) {
        folder = results;
        node = NodeTools.of(folder);
        redis = LocalRedis.start();
        // why: who may call has tests of its own, and the suite brings no key
        Map<String, String> settings = Map.of("REDIS_URL", redis.url(), "MODEL", "offline", "ACCESS_ENABLED", "false");
        Path module = NodeTools.CHECKOUT.resolve("tests/conformance-replica");
        first = PackagedService.launch(module, settings);
        second = PackagedService.launch(module, settings);
        first.awaitReady();
        second.awaitReady();
    }

    @AfterAll
    static void stop() {
        if (first != null) {
            first.close();
        }
        if (second != null) {
            second.close();
        }
        if (redis != null) {
            redis.close();
        }
    }

    @Test
    void oneReplicaServesTheCurrentRevision() {
        Verdict verdict = verdictOf(address(first.port()), "2026-07-28");

        assertPassed(verdict, ALL_OF_2026_07_28, BEYOND_2026_07_28);
    }

    @Test
    void oneReplicaServesTheRevisionBefore() {
        Verdict verdict = verdictOf(address(first.port()), "2025-11-25");

        assertPassed(verdict, ALL_OF_2025_11_25, BEYOND_2025_11_25);
    }

    @Test
    void twoReplicasInTurnServeTheCurrentRevision() {
        try (RoundRobin proxy = RoundRobin.over(List.of(first.port(), second.port()))) {
            Verdict verdict = verdictOf(proxy.uri("/mcp"), "2026-07-28");

            assertPassed(verdict, ALL_OF_2026_07_28, BEYOND_2026_07_28);
            assertThat(proxy.passed()).allMatch(requests -> requests > ALL_OF_2026_07_28 / 4);
        }
    }

    @Test
    void twoReplicasInTurnServeTheRevisionBefore() {
        try (RoundRobin proxy = RoundRobin.over(List.of(first.port(), second.port()))) {
            Verdict verdict = verdictOf(proxy.uri("/mcp"), "2025-11-25");

            assertPassed(verdict, ALL_OF_2025_11_25, BEYOND_2025_11_25);
            assertThat(proxy.passed()).allMatch(requests -> requests > ALL_OF_2025_11_25 / 4);
        }
    }

    /** What the assertions above are worth: some checks are passed by nobody at all. */
    @Test
    void aServerThatIsNotThereIsFoundOut() {
        Verdict verdict = verdictOf(address(FreePort.any()), "2026-07-28");

        assertThat(verdict.passed()).isPositive().isLessThan(ALL_OF_2026_07_28 / 2);
        assertThat(verdict.exitCode()).isEqualTo(1);
    }

    private static Verdict verdictOf(URI server, String revision) {
        return new Conformance(node, newFolder()).run(server, revision);
    }

    private static void assertPassed(Verdict verdict, long least, Set<String> beyond) {
        System.out.printf("figure: conformance checks passed: %d%n", verdict.passed());
        assertThat(verdict.exitCode())
                .as("%s\n%s", verdict.failed(), verdict.text())
                .isZero();
        assertThat(verdict.passed())
                .as("checks passed; failed: %s", verdict.failed())
                .isGreaterThanOrEqualTo(least);
        Map<String, Score> scores = verdict.scores();
        Set<String> wanting = new TreeSet<>(beyond);
        wanting.removeIf(
                scenario -> scores.getOrDefault(scenario, new Score(0, 1)).failed() == 0);
        assertThat(wanting)
                .as("not scored, and not passed: %s", verdict.failed())
                .isEmpty();
    }

    private static URI address(int port) {
        return URI.create("http://localhost:" + port + "/mcp");
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory(folder, "suite-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
