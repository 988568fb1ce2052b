package org.mcpagentic.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is written by hand says the same as what quarkus-kubernetes derives from each service's own configuration: where
 * it listens, where its health and metrics are, and what it is called.
 */
class QuarkusOracleTest {

    private static final List<Manifest> OURS = Chart.render();

    @ParameterizedTest
    @ValueSource(strings = {"custom-mcp-service", "public-mcp-service", "dashboard-service"})
    void theServiceIsDeployedAsItIsConfigured(String service) throws IOException {
        var derived = facts(generatedFor(service), service);

        var written = facts(OURS, service);

        assertThat(written).isEqualTo(derived);
    }

    private static List<Manifest> generatedFor(String service) throws IOException {
        Path generated = Path.of("../..", service, "target/kubernetes/kubernetes.yml");
        assertThat(generated)
                .as("quarkus-kubernetes writes this when %s is packaged: run `mvn package`, not `mvn test`", service)
                .isRegularFile();
        return Manifest.parse(Files.readString(generated));
    }

    private static Map<String, String> facts(List<Manifest> manifests, String name) {
        var deployment = Manifest.find(manifests, "Deployment", name);
        var service = Manifest.find(manifests, "Service", name);
        JsonNode container = deployment.at("/spec/template/spec/containers/0");
        JsonNode containerPort = container.at("/ports/0");
        var facts = new TreeMap<String, String>();
        facts.put("container", container.path("name").asText());
        // why: the registry is the operator's, and a snapshot of a version is deployed as that version
        facts.put("image", released(container.path("image").asText()).replaceFirst("^docker\\.io/", ""));
        facts.put("container port", named(containerPort, "containerPort"));
        facts.put("service port", named(service.at("/spec/ports/0"), "port"));
        facts.put("target port", resolved(service.at("/spec/ports/0/targetPort"), containerPort));
        Stream.of("startupProbe", "livenessProbe", "readinessProbe").forEach(probe -> {
            JsonNode get = container.path(probe).path("httpGet");
            facts.put(
                    probe,
                    resolved(get.path("port"), containerPort) + get.path("path").asText());
        });
        Stream.of("scrape", "scheme", "port", "path")
                .map("prometheus.io/"::concat)
                .forEach(annotation -> facts.put(
                        annotation,
                        deployment
                                .at("/spec/template/metadata/annotations")
                                .path(annotation)
                                .asText()));
        Stream.of("name", "part-of", "version")
                .map("app.kubernetes.io/"::concat)
                .forEach(label -> {
                    facts.put(
                            "deployment " + label,
                            released(deployment
                                    .at("/metadata/labels")
                                    .path(label)
                                    .asText()));
                    facts.put(
                            "pod " + label,
                            released(deployment
                                    .at("/spec/template/metadata/labels")
                                    .path(label)
                                    .asText()));
                    facts.put(
                            "service " + label,
                            released(service.at("/metadata/labels").path(label).asText()));
                });
        return facts;
    }

    private static String named(JsonNode port, String number) {
        return "%s %s/%s"
                .formatted(
                        port.path("name").asText(),
                        port.path("protocol").asText(),
                        port.path(number).asText());
    }

    private static String resolved(JsonNode port, JsonNode containerPort) {
        return port.asText().equals(containerPort.path("name").asText())
                ? containerPort.path("containerPort").asText()
                : port.asText();
    }

    private static String released(String version) {
        return version.replaceFirst("-SNAPSHOT$", "");
    }
}
