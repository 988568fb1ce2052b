package org.mcpagentic.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mcpagentic.monitoring.Monitoring.Query;
import org.mcpagentic.monitoring.Monitoring.Rule;

/**
 * Asks every query of every panel, and everything that a rule asks for, of a real Prometheus that looks at the running services: none may
 * be empty. It takes two minutes and is no part of {@code make test}: {@code make verify-monitoring}.
 */
@Timeout(600)
class EveryQueryCheck {

    private static final Duration WARM = Duration.ofSeconds(40);
    private static final Duration OUTAGE = Duration.ofSeconds(12);
    private static final Duration AFTERWARDS = Duration.ofSeconds(45);

    /** As RedisAway asks, of the outage alone. */
    private static final String FAILED = "sum by (job) (rate(redis_script_failures_total[8s])) / (sum by (job)"
            + " (rate(redis_script_seconds_count[8s])) > 0)";

    /** What Grafana fills in. A rate needs some scrapes, one each second. */
    private static final Map<String, String> BUILT_IN = Map.of("$__rate_interval", "30s", "$__range", "2m");

    private static final Map<Pattern, String> EXPECTED_EMPTY = new LinkedHashMap<>();

    private final List<String> table = new ArrayList<>();
    private final List<String> empty = new ArrayList<>();

    @BeforeAll
    static void readExceptions() throws IOException {
        for (String line : Files.readAllLines(Path.of("src/test/resources/expected-empty.txt"))) {
            if (!line.startsWith("#") && !line.isBlank()) {
                String[] exception = line.split(" = ", 2);
                EXPECTED_EMPTY.put(Pattern.compile(exception[0]), exception[1]);
            }
        }
    }

    @Test
    void nothingThatIsAskedIsEmpty(@TempDir Path folder) throws IOException {
        assertThat(Tool.PROMETHEUS.isThere()).as(Tool.PROMETHEUS.missing()).isTrue();
        try (SystemUnderLoad system = SystemUnderLoad.start(folder);
                Prometheus prometheus = Prometheus.start(folder, system.ports())) {
            system.use();
            LockSupport.parkNanos(WARM.toNanos());
            system.loseRedis();
            LockSupport.parkNanos(OUTAGE.toNanos());
            List<String> away = prometheus.finite(FAILED + " > 0.5");
            system.findRedis();
            LockSupport.parkNanos(AFTERWARDS.toNanos());
            system.loseArchive();
            LockSupport.parkNanos(Duration.ofSeconds(10).toNanos());

            Monitoring.queries().forEach(query -> ask(prometheus, query));
            Monitoring.rules().forEach(rule -> ask(prometheus, rule));

            System.out.println(String.join("\n", table));
            assertThat(prometheus.brokenRules())
                    .as("rules that cannot be evaluated")
                    .isEmpty();
            // why: a counter that nobody moves while Redis is away would keep RedisAway silent
            assertThat(away)
                    .as("services whose scripts are not answered without Redis")
                    .anyMatch(series -> series.contains("custom-mcp-service"))
                    .anyMatch(series -> series.contains("public-mcp-service"));
        }
        assertThat(empty).as("queries without data").isEmpty();
    }

    private void ask(Prometheus prometheus, Query query) {
        String expression = filledIn(query);
        note(
                query.dashboard() + ": " + query.panel(),
                expression,
                prometheus.finite(expression).size());
    }

    /** A recording rule has data; an alert is to be empty where all is well, but not what it compares. */
    private void ask(Prometheus prometheus, Rule rule) {
        if (!rule.isAlert()) {
            note(
                    rule.file() + ": " + rule.name(),
                    rule.expression(),
                    prometheus.finite(rule.expression()).size());
            return;
        }
        prometheus.finite(rule.expression());
        for (String selector : Selectors.of(rule.expression())) {
            String question = "last_over_time(" + selector + "[5m])";
            note(
                    rule.file() + ": " + rule.name(),
                    selector,
                    prometheus.finite(question).size());
        }
    }

    private void note(String where, String expression, int found) {
        Set<String> selectors = Selectors.of(expression);
        String reason = EXPECTED_EMPTY.entrySet().stream()
                .filter(exception -> selectors.stream()
                        .map(Selectors::metric)
                        .anyMatch(metric -> exception.getKey().matcher(metric).matches()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
        String line = "%5d  %-60s %s%s"
                .formatted(
                        found,
                        where,
                        expression.replaceAll("\\s+", " "),
                        reason.isEmpty() ? "" : "   [expected to be empty: " + reason + "]");
        table.add(line);
        if (found == 0 && reason.isEmpty()) {
            empty.add(line);
        }
        if (found > 0 && !reason.isEmpty()) {
            empty.add("no exception any more: " + line);
        }
    }

    private static String filledIn(Query query) {
        String expression = query.expression();
        for (Map.Entry<String, String> value : BUILT_IN.entrySet()) {
            expression = expression.replace(value.getKey(), value.getValue());
        }
        JsonNode variables = Monitoring.json(Monitoring.DASHBOARDS.resolve(query.dashboard()))
                .at("/templating/list");
        for (JsonNode variable : variables) {
            expression = expression.replace(
                    "$" + variable.path("name").asText(),
                    variable.path("allValue").asText());
        }
        return expression;
    }
}
