package org.mcpagentic.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mcpagentic.monitoring.Monitoring.Rule;

/** The route takes pages to whoever is woken, and nothing that it names is without an alert. */
class AlertmanagerTest {

    private static final String FILE = "alertmanager/alertmanager.yml";
    private static final Pattern ALERT = Pattern.compile("\\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\\b");

    @Test
    void amtoolIsContent() {
        assumeTrue(Tool.AMTOOL.isThere(), Tool.AMTOOL::missing);

        Tool.Said checked = Tool.AMTOOL.run(Monitoring.FOLDER, "check-config", FILE);

        assertThat(checked.exitCode()).as(checked.text()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"page | pages,tickets", "ticket | tickets", "unheard-of | tickets"})
    void anAlertGoesWhereItsSeveritySays(String severity, String receivers) {
        assumeTrue(Tool.AMTOOL.isThere(), Tool.AMTOOL::missing);

        Tool.Said tested = Tool.AMTOOL.run(
                Monitoring.FOLDER,
                "config",
                "routes",
                "test",
                "--config.file=" + FILE,
                "--verify.receivers=" + receivers,
                "severity=" + severity,
                "alertname=ServiceDown");

        assertThat(tested.exitCode()).as(tested.text()).isZero();
    }

    @Test
    void holdsBackOnlyWhatThereIs() {
        Set<String> alerts = Monitoring.alerts().stream().map(Rule::name).collect(Collectors.toSet());
        JsonNode inhibitions = Monitoring.yaml(Monitoring.FOLDER.resolve(FILE)).path("inhibit_rules");

        Set<String> named = ALERT.matcher(inhibitions.toString())
                .results()
                .map(found -> found.group())
                .collect(Collectors.toSet());

        assertThat(named).contains("ServiceDown", "RedisAway").isSubsetOf(alerts);
    }

    @Test
    void theObjectOfKubernetesHoldsBackTheSame() {
        JsonNode object =
                Monitoring.yaml(Monitoring.CHECKOUT.resolve("k8s/components/alerting/alertmanager-config.yaml"));

        List<String> here = Monitoring.each(
                        Monitoring.yaml(Monitoring.FOLDER.resolve(FILE)).path("inhibit_rules"))
                .map(rule ->
                        texts(rule.path("source_matchers")) + texts(rule.path("target_matchers")) + rule.path("equal"))
                .toList();
        List<String> there = Monitoring.each(object.at("/spec/inhibitRules"))
                .map(rule -> written(rule.path("sourceMatch")) + written(rule.path("targetMatch")) + rule.path("equal"))
                .toList();

        assertThat(there).isEqualTo(here).hasSizeGreaterThan(5);
    }

    private static String texts(JsonNode matchers) {
        return Monitoring.each(matchers).map(JsonNode::asText).toList().toString();
    }

    private static String written(JsonNode matchers) {
        return Monitoring.each(matchers)
                .map(matcher -> "%s%s\"%s\""
                        .formatted(
                                matcher.path("name").asText(),
                                matcher.path("matchType").asText(),
                                matcher.path("value").asText()))
                .toList()
                .toString();
    }
}
