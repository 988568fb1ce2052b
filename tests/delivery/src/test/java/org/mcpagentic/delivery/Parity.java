package org.mcpagentic.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tells where two renderings of the same choice differ. */
final class Parity {

    /** What kustomize adds to the name of a generated ConfigMap or Secret, and of what refers to it. */
    static final String HASH = "-[2456789bcdfghkmt]{10}";

    private static final Set<String> GENERATED = Set.of("ConfigMap", "Secret");
    private static final Pattern HASHED = Pattern.compile("(.+)" + HASH);
    private static final List<String> LABELS_OF_HELM =
            List.of("app.kubernetes.io/instance", "app.kubernetes.io/managed-by", "helm.sh/chart");

    private Parity() {}

    /**
     * Each place where one says something else than the other. What differs in form only does not count: the labels of
     * Helm, its checksums where kustomize changes names, its hooks, and the namespace, which Helm takes from its command line.
     */
    static List<String> differences(List<Manifest> kustomization, List<Manifest> chart) {
        Map<String, String> expected = facts(kustomization);
        Map<String, String> found = facts(chart);
        var places = new TreeSet<>(expected.keySet());
        places.addAll(found.keySet());
        var differences = new ArrayList<String>();
        for (String place : places) {
            String left = expected.getOrDefault(place, "nothing");
            String right = found.getOrDefault(place, "nothing");
            if (!left.equals(right)) {
                differences.add("%s: kustomization %s, chart %s".formatted(place, left, right));
            }
        }
        return differences;
    }

    /** Each value by its place. */
    private static Map<String, String> facts(List<Manifest> manifests) {
        Map<String, String> names = manifests.stream()
                .filter(manifest -> GENERATED.contains(manifest.kind()))
                .map(Manifest::name)
                .filter(name -> HASHED.matcher(name).matches())
                .collect(Collectors.toMap(
                        name -> name, name -> HASHED.matcher(name).replaceFirst("$1")));
        var facts = new TreeMap<String, String>();
        for (Manifest manifest :
                manifests.stream().filter(object -> !object.isHook()).toList()) {
            ObjectNode tree = manifest.tree().deepCopy();
            if (tree.path("metadata") instanceof ObjectNode metadata) {
                metadata.remove("namespace");
                metadata.withObject("labels").remove(LABELS_OF_HELM);
            }
            if (tree.at("/spec/template/metadata") instanceof ObjectNode pods
                    && pods.path("annotations") instanceof ObjectNode annotations) {
                annotations
                        .properties()
                        .removeIf(annotation -> annotation.getKey().startsWith("checksum/"));
                if (annotations.isEmpty()) {
                    pods.remove("annotations");
                }
            }
            String name = names.getOrDefault(manifest.name(), manifest.name());
            collect(manifest.kind() + "/" + name, tree, names, facts);
        }
        return facts;
    }

    private static void collect(String place, JsonNode node, Map<String, String> names, Map<String, String> facts) {
        if (node.isEmpty()) {
            facts.put(place, node.isValueNode() ? names.getOrDefault(node.asText(), node.asText()) : node.toString());
        }
        node.propertyStream().forEach(field -> collect(place + "/" + field.getKey(), field.getValue(), names, facts));
        if (node.isArray()) {
            for (int index = 0; index < node.size(); index++) {
                collect(place + "/" + index, node.path(index), names, facts);
            }
        }
    }
}
