package org.mcpagentic.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.mcpagentic.monitoring.Monitoring.Rule;

/** Rules, their tests, their runbooks and the object that Kubernetes gets fit together. */
class RulesTest {

    private static final String RUNBOOKS = "https://docs.example.com/mcp-agentic-ai-server/runbooks/";

    @Test
    void everyAlertSaysWhatItIsHowBadAndWhatToDo() {
        assertThat(Monitoring.alerts()).hasSizeGreaterThan(30).allSatisfy(alert -> {
            JsonNode annotations = alert.tree().path("annotations");
            assertThat(annotations.path("summary").asText()).isNotBlank();
            assertThat(annotations.path("description").asText()).isNotBlank();
            assertThat(annotations.path("runbook_url").asText()).isEqualTo(RUNBOOKS + alert.name() + ".md");
            assertThat(alert.tree().at("/labels/severity").asText()).isIn("page", "ticket");
        });
    }

    @Test
    void noTwoRulesHaveOneName() {
        assertThat(Monitoring.rules()).extracting(Rule::name).doesNotHaveDuplicates();
    }

    @Test
    void everyAlertHasARunbookAndEveryRunbookAnAlert() throws IOException {
        Set<String> alerts =
                Monitoring.alerts().stream().map(Rule::name).collect(Collectors.toCollection(TreeSet::new));
        Set<String> pages;
        try (var files = Files.list(Monitoring.RUNBOOKS)) {
            pages = files.map(file -> file.getFileName().toString().replace(".md", ""))
                    .filter(name -> !name.equals("README"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        assertThat(pages).isEqualTo(alerts);
        String index = Files.readString(Monitoring.RUNBOOKS.resolve("README.md"));
        assertThat(alerts).allSatisfy(alert -> assertThat(index).contains("(" + alert + ".md)"));
    }

    @Test
    void everyRunbookHasAllThatATiredPersonNeeds() throws IOException {
        for (Rule alert : Monitoring.alerts()) {
            String page = Files.readString(Monitoring.RUNBOOKS.resolve(alert.name() + ".md"));
            String kind = alert.tree().at("/labels/severity").asText().equals("page") ? "Page: " : "Ticket: ";

            assertThat(page)
                    .as(alert.name())
                    .contains("# " + alert.name(), kind, "**Meaning.**", "**Impact.**", "## First look", "```shell")
                    .contains("## Causes, and what to do", "## Verify", "## Escalate")
                    .contains("(../../monitoring/rules/" + alert.file() + ")");
        }
    }

    @Test
    void everyAlertIsTestedFiringAndQuiet() {
        Set<String> firing = new TreeSet<>();
        Set<String> quiet = new TreeSet<>();
        Monitoring.ruleTests().stream()
                .flatMap(file -> Monitoring.each(Monitoring.yaml(file).path("tests")))
                .flatMap(test -> Monitoring.each(test.path("alert_rule_test")))
                .forEach(test -> (test.path("exp_alerts").isEmpty() ? quiet : firing)
                        .add(test.path("alertname").asText()));

        assertThat(Monitoring.alerts()).extracting(Rule::name).allSatisfy(alert -> {
            assertThat(firing).contains(alert);
            assertThat(quiet).contains(alert);
        });
    }

    @Test
    void promtoolIsContentWithRulesAndTheirTests() {
        assumeTrue(Tool.PROMTOOL.isThere(), Tool.PROMTOOL::missing);
        List<String> files = Monitoring.ruleFiles().stream().map(Path::toString).toList();
        List<String> tests = Monitoring.ruleTests().stream().map(Path::toString).toList();

        Tool.Said checked = run("check", "rules", files);
        Tool.Said tested = run("test", "rules", tests);

        assertThat(checked.exitCode()).as(checked.text()).isZero();
        assertThat(tested.exitCode()).as(tested.text()).isZero();
    }

    @Test
    void promtoolIsContentWithTheConfigurationOfCompose() {
        assumeTrue(Tool.PROMTOOL.isThere(), Tool.PROMTOOL::missing);

        Tool.Said checked =
                Tool.PROMTOOL.run(Monitoring.FOLDER, "check", "config", "--syntax-only", "compose/prometheus.yml");

        assertThat(checked.exitCode()).as(checked.text()).isZero();
    }

    @Test
    void theObjectsOfKubernetesHoldTheRulesAsTheyAre() {
        List<JsonNode> objects = Monitoring.yamls(Monitoring.FOLDER.resolve("generated/prometheus-rules.yaml"));

        assertThat(objects)
                .as("run scripts/prometheus-rules")
                .extracting(object -> object.path("spec"))
                .containsExactlyElementsOf(
                        Monitoring.ruleFiles().stream().map(Monitoring::yaml).toList());
        assertThat(objects).extracting(object -> object.path("kind").asText()).containsOnly("PrometheusRule");
    }

    private static Tool.Said run(String verb, String what, List<String> files) {
        List<String> arguments = new ArrayList<>(List.of(verb, what));
        arguments.addAll(files);
        return Tool.PROMTOOL.run(Monitoring.RULES.resolve("tests"), arguments.toArray(String[]::new));
    }
}
