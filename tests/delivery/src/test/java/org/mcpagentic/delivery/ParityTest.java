package org.mcpagentic.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same choice, made with components of kustomize or with values of the chart, is the same installation. */
class ParityTest {

    /** A folder for each choice, with the kustomization.yaml and the values.yaml that make it. */
    private static final Path CHOICES = Path.of("src/test/resources/parity");

    private static final Pattern CHECKSUM = Pattern.compile("checksum/(settings|configuration)");

    static Stream<String> choices() throws IOException {
        try (Stream<Path> folders = Files.list(CHOICES)) {
            return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("choices")
    void theChartInstallsWhatTheKustomizationInstalls(String choice) {
        var kustomization = Kustomization.render(CHOICES.resolve(choice));
        var chart = Chart.render(CHOICES.resolve(choice).resolve("values.yaml"));

        var differences = Parity.differences(kustomization, chart);

        assertThat(differences).isEmpty();
    }

    @Test
    void aDifferenceIsNamedWhereItIs() {
        var kustomization = Kustomization.render(Kustomization.DEV);
        var chart = Chart.render();
        ((ObjectNode) Manifest.find(chart, "Deployment", "dashboard-service").at("/spec")).put("replicas", 4);
        ((ObjectNode) Manifest.find(kustomization, "Service", "dashboard-service")
                        .at("/spec"))
                .remove("type");

        var differences = Parity.differences(kustomization, chart);

        assertThat(differences)
                .containsExactly(
                        "Deployment/dashboard-service/spec/replicas: kustomization 3, chart 4",
                        "Service/dashboard-service/spec/type: kustomization nothing, chart ClusterIP");
    }

    @Test
    void aChangeOfTheSettingsRollsThePodsOfBoth() {
        var kustomization = Kustomization.render(Kustomization.DEV);
        var chart = Chart.render();

        var hashed = kustomization.stream().filter(manifest -> manifest.kind().equals("ConfigMap"));
        var checked = chart.stream().filter(Manifest::hasPods);

        assertThat(hashed).hasSize(2).allSatisfy(map -> assertThat(map.name()).matches(".+" + Parity.HASH));
        assertThat(checked)
                .hasSize(4)
                .allSatisfy(workload -> assertThat(workload.at("/spec/template/metadata/annotations")
                                .propertyStream()
                                .map(Map.Entry::getKey))
                        .anyMatch(CHECKSUM.asMatchPredicate()));
    }

    @Test
    void theDefaultsAreAChoiceToo() throws IOException {
        assertThat(choices().toList()).contains("default");
        assertThat(Files.readString(CHOICES.resolve("default/values.yaml")).strip())
                .isEqualTo("{}");
        assertThat(Parity.differences(Kustomization.render(CHOICES.resolve("default")), Chart.render()))
                .isEqualTo(List.of());
    }
}
