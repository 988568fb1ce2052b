package org.mcpagentic.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The overlays, the chart, and each of the chart's scenarios keep every rule. */
@TestInstance(Lifecycle.PER_CLASS)
class RenderedManifestsTest {

    private final Map<String, List<Manifest>> renderings = new TreeMap<>();

    @BeforeAll
    void renderAll() throws IOException {
        renderings.put("overlays/dev", Kustomization.render(Kustomization.DEV));
        renderings.put("chart", Chart.render());
        for (Path scenario : Chart.scenarios()) {
            renderings.put("chart with " + scenario.getFileName(), Chart.render(scenario));
        }
    }

    Iterable<String> renderings() {
        return renderings.keySet();
    }

    @ParameterizedTest
    @MethodSource("renderings")
    void theKubernetesApiKnowsEveryField(String rendering) {
        assertThat(KubernetesApi.faultsIn(rendered(rendering))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("renderings")
    void everyPodIsRestricted(String rendering) {
        assertThat(PodRules.faultsIn(rendered(rendering))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("renderings")
    void everyReferenceLeadsSomewhere(String rendering) {
        assertThat(References.faultsIn(rendered(rendering))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("renderings")
    void aRollingUpdateNeverTakesAPodAwayBeforeItsSuccessorIsReady(String rendering) {
        assertThat(rendered(rendering))
                .filteredOn(manifest -> manifest.kind().equals("Deployment"))
                .hasSize(3)
                .allSatisfy(deployment -> assertThat(deployment.at("/spec/strategy/rollingUpdate/maxUnavailable"))
                        .hasToString("0"))
                .allSatisfy(deployment -> assertThat(deployment.at("/spec/template/spec/topologySpreadConstraints"))
                        .isNotEmpty());
    }

    @Test
    void theDevOverlayRunsTwoReplicasOfEachServiceAndThreeOfThePage() {
        var replicas = new TreeMap<String, Integer>();

        rendered("overlays/dev").stream()
                .filter(manifest -> manifest.kind().equals("Deployment"))
                .forEach(deployment -> replicas.put(
                        deployment.name(), deployment.at("/spec/replicas").asInt()));

        assertThat(replicas)
                .isEqualTo(Map.of("custom-mcp-service", 2, "public-mcp-service", 2, "dashboard-service", 3));
    }

    @Test
    void redisKeepsEveryWriteOnItsVolume() {
        var manifests = rendered("chart");

        String configuration = Manifest.find(manifests, "ConfigMap", "mcp-agentic-redis")
                .at("/data/redis.conf")
                .asText();

        assertThat(configuration.lines())
                .contains("appendonly yes", "appendfsync everysec", "maxmemory-policy noeviction", "dir /data");
        assertThat(Manifest.find(manifests, "StatefulSet", "mcp-agentic-redis")
                        .at("/spec/template/spec/containers/0/volumeMounts/0/mountPath")
                        .asText())
                .isEqualTo("/data");
    }

    @Test
    void helmFindsNothingToWarnOfInTheChart() {
        var result = new Helm(Chart.FOLDER).lint().strict().call();

        assertThat(result.getMessages())
                .noneMatch(message -> message.contains("[WARNING]") || message.contains("[ERROR]"));
        assertThat(result.isFailed()).isFalse();
    }

    @Test
    void theChartExplainsItself() throws IOException {
        var readme = Files.readString(Chart.FOLDER.resolve("README.md"));

        assertThat(Chart.values())
                .map(path -> path.replaceFirst("(?<=\\.resources)\\..*", ""))
                .allSatisfy(path -> assertThat(readme).contains("| `" + path + "` |"));
    }

    private List<Manifest> rendered(String rendering) {
        return Objects.requireNonNull(renderings.get(rendering), rendering);
    }
}
