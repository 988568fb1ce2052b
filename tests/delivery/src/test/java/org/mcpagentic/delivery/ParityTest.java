package org.mcpagentic.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The kustomize base and the chart with its default values are the same installation. */
class ParityTest {

    private static final List<String> LABELS_OF_HELM =
            List.of("app.kubernetes.io/instance", "app.kubernetes.io/managed-by", "helm.sh/chart");
    private static final Pattern HASH = Pattern.compile("(mcp-agentic-(?:settings|redis))-[a-z0-9]{10}");
    private static final Pattern CHECKSUM = Pattern.compile("checksum/(settings|configuration)");

    @Test
    void theChartInstallsWhatTheBaseInstalls() {
        var base = Kustomization.render(Kustomization.BASE);
        var chart = Chart.render();

        var differences = differences(base, chart);

        assertThat(differences).isEmpty();
    }

    @Test
    void aDifferenceIsNamedWhereItIs() {
        var base = Kustomization.render(Kustomization.BASE);
        var chart = Chart.render();
        ((ObjectNode) Manifest.find(chart, "Deployment", "dashboard-service").at("/spec")).put("replicas", 4);
        ((ObjectNode) Manifest.find(base, "Service", "dashboard-service").at("/spec")).remove("type");

        var differences = differences(base, chart);

        assertThat(differences)
                .containsExactly(
                        "Deployment/dashboard-service/spec/replicas: base 3, chart 4",
                        "Service/dashboard-service/spec/type: base nothing, chart ClusterIP");
    }

    @Test
    void aChangeOfTheSettingsRollsThePodsOfBoth() {
        var base = Kustomization.render(Kustomization.BASE);
        var chart = Chart.render();

        var hashed = base.stream().filter(manifest -> manifest.kind().equals("ConfigMap"));
        var checked = chart.stream().filter(Manifest::hasPods);

        assertThat(hashed).hasSize(2).allSatisfy(map -> assertThat(map.name()).matches(HASH));
        assertThat(checked)
                .hasSize(4)
                .allSatisfy(workload -> assertThat(workload.at("/spec/template/metadata/annotations")
                                .propertyStream()
                                .map(Map.Entry::getKey))
                        .anyMatch(CHECKSUM.asMatchPredicate()));
    }

    private static List<String> differences(List<Manifest> base, List<Manifest> chart) {
        Map<String, String> expected = facts(base);
        Map<String, String> found = facts(chart);
        var places = new TreeSet<>(expected.keySet());
        places.addAll(found.keySet());
        var differences = new ArrayList<String>();
        for (String place : places) {
            String left = expected.getOrDefault(place, "nothing");
            String right = found.getOrDefault(place, "nothing");
            if (!left.equals(right)) {
                differences.add("%s: base %s, chart %s".formatted(place, left, right));
            }
        }
        return differences;
    }

    /** Each value by its place. What differs in form only is left out: Helm's labels, how a changed map rolls pods. */
    private static Map<String, String> facts(List<Manifest> manifests) {
        var facts = new TreeMap<String, String>();
        for (Manifest manifest : manifests) {
            ObjectNode tree = manifest.tree().deepCopy();
            if (tree.at("/metadata/labels") instanceof ObjectNode labels) {
                labels.remove(LABELS_OF_HELM);
            }
            if (tree.at("/spec/template/metadata") instanceof ObjectNode pods
                    && pods.path("annotations") instanceof ObjectNode annotations) {
                annotations
                        .properties()
                        .removeIf(annotation ->
                                CHECKSUM.matcher(annotation.getKey()).matches());
                if (annotations.isEmpty()) {
                    pods.remove("annotations");
                }
            }
            collect(withoutHash(manifest.id()), tree, facts);
        }
        return facts;
    }

    private static void collect(String place, JsonNode node, Map<String, String> facts) {
        if (node.isEmpty()) {
            facts.put(place, node.isValueNode() ? withoutHash(node.asText()) : node.toString());
        }
        node.propertyStream().forEach(field -> collect(place + "/" + field.getKey(), field.getValue(), facts));
        if (node.isArray()) {
            for (int index = 0; index < node.size(); index++) {
                collect(place + "/" + index, node.path(index), facts);
            }
        }
    }

    private static String withoutHash(String text) {
        return HASH.matcher(text).replaceAll("$1");
    }
}
