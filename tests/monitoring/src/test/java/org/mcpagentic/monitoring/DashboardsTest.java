package org.mcpagentic.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The dashboards are plain: they can be put into any Grafana 10.4 or later, and say what they show. */
class DashboardsTest {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([a-z]+)}?\\b");

    static List<Path> dashboards() {
        return Monitoring.dashboardFiles();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void belongsToNoInstance(Path file) {
        JsonNode dashboard = Monitoring.json(file);

        assertThat(dashboard.has("id")).isFalse();
        assertThat(dashboard.path("schemaVersion").asInt()).isGreaterThanOrEqualTo(39);
        assertThat(dashboard.path("uid").asText()).startsWith("mcp-agentic-");
        assertThat(dashboard.findValues("datasource"))
                .extracting(source -> source.path("uid").asText())
                .containsOnly("${datasource}", "-- Grafana --");
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void everyPanelSaysWhatItShowsAndInWhichUnit(Path file) {
        List<JsonNode> panels = Monitoring.each(Monitoring.json(file).path("panels"))
                .filter(panel -> !panel.path("type").asText().equals("row"))
                .toList();

        assertThat(panels).hasSizeGreaterThan(20).allSatisfy(panel -> {
            assertThat(panel.path("title").asText()).isNotBlank();
            assertThat(panel.path("description").asText()).isNotBlank();
            assertThat(panel.findValues("unit").isEmpty()
                            && panel.at("/fieldConfig/overrides").isEmpty())
                    .as(panel.path("title").asText())
                    .isFalse();
            assertThat(panel.path("targets")).isNotEmpty();
        });
        assertThat(panels).extracting(panel -> panel.path("id").asInt()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void noPanelCoversAnother(Path file) {
        Set<String> taken = new TreeSet<>();
        for (JsonNode panel : Monitoring.json(file).path("panels")) {
            JsonNode place = panel.path("gridPos");
            assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(24);
            for (int x = place.path("x").asInt();
                    x < place.path("x").asInt() + place.path("w").asInt();
                    x++) {
                for (int y = place.path("y").asInt();
                        y < place.path("y").asInt() + place.path("h").asInt();
                        y++) {
                    assertThat(taken.add(x + " " + y))
                            .as(panel.path("title").asText())
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void asksOnlyByVariablesThatItHas(Path file) {
        JsonNode dashboard = Monitoring.json(file);
        Set<String> known = Monitoring.each(dashboard.at("/templating/list"))
                .map(variable -> variable.path("name").asText())
                .collect(Collectors.toSet());

        Set<String> asked = Monitoring.queries().stream()
                .filter(query -> query.dashboard().equals(file.getFileName().toString()))
                .flatMap(query -> VARIABLE.matcher(query.expression()).results().map(found -> found.group(1)))
                .collect(Collectors.toSet());

        assertThat(known).contains("datasource", "namespace").containsAll(asked);
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void leadsToTheOthersAndToTheRunbooks(Path file) {
        Set<String> others = dashboards().stream()
                .filter(other -> !other.equals(file))
                .map(other -> "/d/" + Monitoring.json(other).path("uid").asText())
                .collect(Collectors.toSet());

        assertThat(Monitoring.json(file).path("links"))
                .extracting(link -> link.path("url").asText())
                .containsAll(others)
                .anyMatch(url -> url.endsWith("/runbooks/README.md"));
    }
}
