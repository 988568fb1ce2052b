package org.mcpagentic.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same choice, made with components of kustomize or with values of the chart, is the same installation. */
class ParityTest {

    private static final Pattern CHECKSUM = Pattern.compile("checksum/(settings|configuration)");

    static Stream<Choice> choices() throws IOException {
        return Choice.all();
    }

    @ParameterizedTest
    @MethodSource("choices")
    void theChartInstallsWhatTheKustomizationInstalls(Choice choice) {
        var kustomization = Kustomization.render(choice.kustomization());
        var chart = Chart.renderIn(choice.namespace(), choice.values());

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
    void everyOverlayIsTheKustomizationOfAnEnvironment() throws IOException {
        try (Stream<Path> overlays = Files.list(Kustomization.FOLDER.resolve("overlays"))) {
            assertThat(overlays.map(Path::toString))
                    .isSubsetOf(choices()
                            .map(choice -> choice.kustomization().toString())
                            .toList());
        }
    }

    @Test
    void theDevOverlayIsWhatTheChartInstallsByDefault() {
        assertThat(Parity.differences(Kustomization.render(Kustomization.DEV), Chart.render()))
                .isEmpty();
    }
}
