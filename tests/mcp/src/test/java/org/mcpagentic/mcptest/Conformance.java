package org.mcpagentic.mcptest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The official suite, {@code @modelcontextprotocol/conformance}. */
record Conformance(NodeTools node, Path folder) {
    private static final String PROGRAM = "node_modules/@modelcontextprotocol/conformance/dist/index.js";
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final Pattern SCENARIO = Pattern.compile("server-(.+?)-\\d{4}-\\d\\d-\\d\\dT.*");

    /** What a check found, as the suite writes it. */
    record Check(String scenario, String id, String status, String message) {}

    /**
     * What came of a run.
     *
     * @param exitCode 0 where every scenario that the revision requires was passed
     * @param checks of all scenarios, those that are not scored too
     */
    record Verdict(int exitCode, List<Check> checks, String text) {
        /** A server that is not there passes some checks as well: the number tells it from one that is. */
        long passed() {
            return checks.stream()
                    .filter(check -> check.status().equals("SUCCESS"))
                    .count();
        }

        List<Check> failed() {
            return checks.stream()
                    .filter(check -> check.status().equals("FAILURE"))
                    .toList();
        }

        /** For each scenario how many of its checks were passed, and how many failed. */
        Map<String, Score> scores() {
            return checks.stream()
                    .collect(Collectors.groupingBy(
                            Check::scenario,
                            TreeMap::new,
                            Collectors.collectingAndThen(Collectors.toList(), Score::of)));
        }
    }

    record Score(long passed, long failed) {
        static Score of(List<Check> checks) {
            return new Score(
                    checks.stream()
                            .filter(check -> check.status().equals("SUCCESS"))
                            .count(),
                    checks.stream()
                            .filter(check -> check.status().equals("FAILURE"))
                            .count());
        }
    }

    /** Runs all that a revision requires, and what the suite reports beside it. */
    Verdict run(URI server, String revision) {
        Path results = folder.resolve(revision);
        NodeTools.Outcome outcome = node.run(
                LIMIT,
                Map.of(),
                PROGRAM,
                List.of("server", "--url", server.toString(), "--requirements", revision, "-o", results.toString()));
        return new Verdict(outcome.exitCode(), read(results), outcome.text());
    }

    private static List<Check> read(Path results) {
        try (Stream<Path> folders = Files.list(results)) {
            return folders.sorted().flatMap(Conformance::checks).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Check> checks(Path scenario) {
        Matcher name = SCENARIO.matcher(scenario.getFileName().toString());
        if (!name.matches()) {
            throw new AssertionError("not a scenario's results: " + scenario);
        }
        try {
            JsonNode checks = Json.parse(Files.readString(scenario.resolve("checks.json")));
            return StreamSupport.stream(checks.spliterator(), false)
                    .map(check -> new Check(
                            name.group(1),
                            check.path("id").asText(),
                            check.path("status").asText(),
                            check.path("errorMessage").asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
