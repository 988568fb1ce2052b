package org.mcpagentic.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mcpagentic.delivery.Renderings.Source;

/** Whatever is chosen keeps every rule. */
class RenderedManifestsTest {

    private static final CustomResources CUSTOM = CustomResources.ofSetting();

    static Stream<String> renderings() throws IOException {
        return Renderings.all().keySet().stream().sorted();
    }

    /** Tells what was looked at, on the console and in a file that {@code make verify-delivery} prints. */
    @AfterAll
    static void tell() throws IOException {
        String summary = Summary.of(Renderings.all(), CUSTOM);
        System.out.print(summary);
        Files.writeString(Path.of("target/delivery-summary.txt"), summary);
    }

    @ParameterizedTest
    @MethodSource("renderings")
    void theKubernetesApiKnowsEveryField(String rendering) throws IOException {
        assertThat(KubernetesApi.faultsIn(rendered(rendering))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("renderings")
    void theDefinitionsOfCustomResourcesKnowEveryField(String rendering) throws IOException {
        assertThat(CUSTOM.faultsIn(rendered(rendering))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("renderings")
    void everyPodIsRestricted(String rendering) throws IOException {
        assertThat(PodRules.faultsIn(rendered(rendering))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("renderings")
    void theInstallationKeepsItsRules(String rendering) throws IOException {
        assertThat(InstallationRules.faultsIn(rendered(rendering))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("renderings")
    void everyReferenceLeadsSomewhere(String rendering) throws IOException {
        assertThat(References.faultsIn(rendered(rendering))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("renderings")
    void networkPoliciesLetThePartsSpeakWithEachOther(String rendering) throws IOException {
        assertThat(Connections.faultsIn(rendered(rendering))).isEmpty();
    }

    @Test
    void nothingButAnOverlaySaysANamespace() throws IOException {
        Renderings.all().forEach((name, rendering) -> {
            if (rendering.source() == Source.COMBINATION || rendering.source() == Source.SCENARIO) {
                assertThat(rendering.manifests())
                        .as(name)
                        .noneMatch(manifest -> manifest.at("/metadata").has("namespace"));
            }
        });
    }

    @Test
    void theDrainThatTheRulesKnowIsThatOfTheServices() throws IOException {
        int longest = 0;
        for (String service : List.of("custom-mcp-service", "public-mcp-service", "dashboard-service")) {
            var properties = new Properties();
            try (var reader =
                    Files.newBufferedReader(Path.of("../..", service, "src/main/resources/application.properties"))) {
                properties.load(reader);
            }
            longest = Math.max(
                    longest,
                    Integer.parseInt(
                            properties.getProperty("quarkus.shutdown.timeout").replaceFirst("s$", "")));
        }

        assertThat(InstallationRules.DRAIN_SECONDS).isEqualTo(longest + 10);
    }

    @ParameterizedTest
    @MethodSource("renderings")
    void aRollingUpdateNeverTakesAPodAwayBeforeItsSuccessorIsReady(String rendering) throws IOException {
        assertThat(rendered(rendering))
                .filteredOn(manifest -> manifest.kind().equals("Deployment"))
                .allSatisfy(deployment -> assertThat(deployment.at("/spec/strategy/rollingUpdate/maxUnavailable"))
                        .hasToString("0"));
    }

    @Test
    void theDevOverlayRunsTwoReplicasOfEachServiceAndThreeOfThePage() throws IOException {
        var replicas = new TreeMap<String, Integer>();

        rendered("overlays/dev").stream()
                .filter(manifest -> manifest.kind().equals("Deployment"))
                .forEach(deployment -> replicas.put(
                        deployment.name(), deployment.at("/spec/replicas").asInt()));

        assertThat(replicas)
                .isEqualTo(Map.of("custom-mcp-service", 2, "public-mcp-service", 2, "dashboard-service", 3));
    }

    @Test
    void redisKeepsEveryWriteOnItsVolume() throws IOException {
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
        var result = new Helm(Chart.PACKAGED).lint().strict().call();

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

    private static List<Manifest> rendered(String rendering) throws IOException {
        return Objects.requireNonNull(Renderings.all().get(rendering), rendering)
                .manifests();
    }
}
