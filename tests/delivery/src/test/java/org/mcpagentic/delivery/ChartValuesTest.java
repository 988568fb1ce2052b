package org.mcpagentic.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart does what its values say, and refuses values that it does not understand. */
class ChartValuesTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    static Stream<String> sections() throws IOException {
        return Stream.concat(Stream.of(""), Chart.sections().stream());
    }

    @ParameterizedTest
    @MethodSource("sections")
    void refusesAMisspeltKeyInEverySection(String section) {
        assertThatThrownBy(() -> render(nested(section.isEmpty() ? "surprise" : section + ".surprise", "1")))
                .hasMessageContaining("surprise");
    }

    @ParameterizedTest
    @CsvSource({
        "host, ''",
        "host, https://agents.example.com",
        "host, Agents.example.com",
        "allowedHosts, '[\"a.example,b.example\"]'",
        "image.tag, latest",
        "image.registry, https://registry.example.com",
        "image.pullPolicy, Sometimes",
        "image.pullSecrets, '[\"\"]'",
        "model.existingSecret, Not_a_name",
        "model.name, two words",
        "customMcpService.replicas, 0",
        "publicMcpService.replicas, two",
        "dashboardService.resources.limits.memory, 512 MB",
        "redis.internal.image, redis",
        "redis.internal.image, redis:latest",
        "redis.internal.maxMemory, 50%",
        "redis.internal.storage, large",
        "networkPolicies.redis, '[{\"cidr\": \"0.0.0.0/0\", \"port\": 6379}]'",
        "networkPolicies.redis, '[{\"port\": 6379}]'",
        "networkPolicies.privateServers, '[{\"cidr\": \"10.0.0.0/8\", \"namespace\": \"models\", \"port\": 443}]'",
        "networkPolicies.privateServers, '[{\"cidr\": \"10.0.0.0/8\", \"port\": 0}]'",
        "networkPolicies.ingressNamespace, ''",
        "customMcpService.scaling.queued, 0",
        "dashboardService.scaling.cpu, half",
        "keda.prometheus, prometheus:9090",
        "priorityClass.value, 2000000000",
        "ingress.className, ''",
        "ingress.annotations, '{\"example.com/timeout\": 5}'",
        "tls.secretName, Not_a_name",
    })
    void refusesAValueThatCannotWork(String path, String value) {
        assertThatThrownBy(() -> render(nested(path, value))).hasMessageContaining(path.replace('.', '/'));
    }

    static final List<String> CONTRADICTIONS = List.of(
            "{sentinel: {enabled: true}}",
            "{internal: {enabled: false}, sentinel: {enabled: true}, external: {existingSecret: managed-redis}}",
            "{internal: {enabled: false}}",
            "{external: {url: 'redis://redis.example.com:6379'}}",
            "{external: {existingSecret: managed-redis}}",
            "{internal: {enabled: false}, external: {url: 'redis://redis.example.com:6379', existingSecret: managed-redis}}",
            "{internal: {enabled: false}, external: {url: 'redis://:password@redis.example.com:6379'}}",
            "{internal: {enabled: false}, external: {url: 'http://redis.example.com:6379'}}");

    @ParameterizedTest
    @FieldSource("CONTRADICTIONS")
    void refusesARedisThatIsNotExactlyOne(String redis) {
        assertThatThrownBy(() -> render("redis: " + redis)).hasMessageContaining("redis");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{autoscaling: {enabled: true}, keda: {enabled: true}}",
                "{autoscaling: {queueDepth: true}}",
                "{priorityClass: {create: true}}",
            })
    void refusesWhatDoesNotGoTogether(String values) {
        assertThatThrownBy(() -> render(values)).hasMessageContaining("schema");
    }

    @Test
    void refusesAClusterThatDoesNotKnowAPreStopSleep() {
        assertThatThrownBy(() -> Chart.render("1.29.9")).hasMessageContaining("kubeVersion");
    }

    @Test
    void leavesRedisOutWhereOneIsBrought() {
        var manifests = Chart.render(Chart.scenario("external-redis"));

        assertThat(manifests).noneMatch(manifest -> manifest.name().equals("mcp-agentic-redis"));
        assertThat(Manifest.find(manifests, "ConfigMap", "mcp-agentic-settings").at("/data/REDIS_URL"))
                .isEmpty();
        assertThat(environmentFrom(manifests, "custom-mcp-service"))
                .endsWith("{\"secretRef\":{\"name\":\"managed-redis\"}}]");
    }

    @Test
    void takesTheUrlOfARedisThatNeedsNoPassword() {
        var manifests = Chart.render(Chart.scenario("external-url"));

        assertThat(Manifest.find(manifests, "ConfigMap", "mcp-agentic-settings")
                        .at("/data/REDIS_URL")
                        .asText())
                .isEqualTo("rediss://redis.example.com:6380");
        assertThat(manifests).noneMatch(manifest -> manifest.name().equals("mcp-agentic-redis"));
    }

    @Test
    void leavesTheIngressOutWhereItIsOff() {
        var manifests = Chart.render(Chart.scenario("laptop"));

        assertThat(manifests).isNotEmpty().noneMatch(manifest -> manifest.kind().equals("Ingress"));
    }

    @Test
    void answersTheHostsThatItPublishes() {
        var manifests = Chart.render(Chart.scenario("external-redis"));

        assertThat(Manifest.find(manifests, "ConfigMap", "mcp-agentic-settings")
                        .at("/data/EDGE_ALLOWED_HOSTS")
                        .asText()
                        .split(","))
                .containsExactly(
                        "agents.example.com",
                        "localhost",
                        "agents.internal.example.com",
                        "custom-mcp-service",
                        "public-mcp-service",
                        "dashboard-service");
        assertThat(Manifest.find(manifests, "Ingress", "dashboard-service").at("/spec/tls"))
                .hasToString("[{\"hosts\":[\"agents.example.com\"],\"secretName\":\"agents-example-com\"}]");
    }

    @Test
    void takesTheImagesFromTheRegistryThatIsNamed() {
        var pod = Manifest.find(Chart.render(Chart.scenario("external-redis")), "Deployment", "public-mcp-service")
                .podSpec();

        assertThat(pod.at("/containers/0/image").asText())
                .isEqualTo("registry.example.com:5000/mcp-agentic/public-mcp-service:0.1.0-native");
        assertThat(pod.at("/imagePullSecrets")).hasToString("[{\"name\":\"registry-login\"}]");
    }

    @Test
    void demandsTheSecretOfTheModelsOnlyWhereOneIsNamed() {
        var unnamed = environmentFrom(Chart.render(), "custom-mcp-service");

        var named = environmentFrom(Chart.render(Chart.scenario("external-url")), "custom-mcp-service");

        assertThat(unnamed)
                .isEqualTo(
                        "[{\"configMapRef\":{\"name\":\"mcp-agentic-settings\"}},{\"secretRef\":{\"name\":\"mcp-agentic-model\",\"optional\":true}},{\"secretRef\":{\"name\":\"mcp-agentic-access\"}}]");
        assertThat(named)
                .isEqualTo(
                        "[{\"configMapRef\":{\"name\":\"mcp-agentic-settings\"}},{\"secretRef\":{\"name\":\"model-key\"}},{\"secretRef\":{\"name\":\"mcp-agentic-access\"}}]");
    }

    @Test
    void givesThePageNeitherModelsNorTheirKeys() {
        var manifests = Chart.render(Chart.scenario("models"));

        assertThat(environment(manifests, "dashboard-service"))
                .containsExactlyInAnyOrder("QUARKUS_HTTP_HOST", "CUSTOM_MCP_URL", "PUBLIC_MCP_URL", "EDGE_PUBLIC_URL");
        assertThat(environmentFrom(manifests, "dashboard-service"))
                .isEqualTo(
                        "[{\"configMapRef\":{\"name\":\"mcp-agentic-settings\"}},{\"secretRef\":{\"name\":\"mcp-agentic-access\"}}]");
        assertThat(Manifest.find(manifests, "Deployment", "dashboard-service")
                        .podSpec()
                        .toString())
                .doesNotContain("mcp-agentic-models");
    }

    @Test
    void letsAnAnnotationBeReplaced() {
        var ingress = Manifest.find(Chart.render(Chart.scenario("other-ingress")), "Ingress", "custom-mcp-service");

        assertThat(ingress.at("/metadata/annotations").toString())
                .contains("\"nginx.ingress.kubernetes.io/proxy-read-timeout\":\"600\"")
                .contains("\"nginx.ingress.kubernetes.io/rewrite-target\":\"/$2\"");
        assertThat(ingress.at("/spec/ingressClassName").asText()).isEqualTo("internal-nginx");
    }

    private List<Manifest> render(String values) throws IOException {
        return Chart.render(Files.writeString(folder.resolve("values.yaml"), values));
    }

    /** {@code a.b: value} as nested YAML in flow style. */
    private static String nested(String path, String value) {
        List<String> keys = List.of(path.split("\\."));
        boolean literal = value.startsWith("[") || value.startsWith("{") || value.matches("\\d+");
        return keys.getFirst() + ": "
                + String.join(
                        "", keys.stream().skip(1).map(key -> "{" + key + ": ").toList())
                + (literal ? value : "\"" + value + "\"")
                + "}".repeat(keys.size() - 1);
    }

    private static String environmentFrom(List<Manifest> manifests, String service) {
        return Manifest.find(manifests, "Deployment", service)
                .podSpec()
                .at("/containers/0/envFrom")
                .toString();
    }

    private static List<String> environment(List<Manifest> manifests, String service) {
        return Manifest.each(Manifest.find(manifests, "Deployment", service)
                        .podSpec()
                        .at("/containers/0/env"))
                .map(variable -> variable.path("name").asText())
                .toList();
    }
}
