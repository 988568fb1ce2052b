package org.mcpagentic.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What types do not say and an API server refuses nevertheless: fields that have to be there, and the forms of names and labels.
 *
 * <p>Source: the Kubernetes API reference, and its pages "Object Names and IDs" and "Labels and Selectors" (RFC 1123, RFC 1035, RFC 6335).
 */
final class ApiValidation {

    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern NAME_OF_SERVICE = Pattern.compile("[a-z]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern SUBDOMAIN =
            Pattern.compile("(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?");
    private static final Pattern PORT = Pattern.compile("(?=.{1,15}$)(?=.*[a-z])(?!.*--)[a-z0-9]([a-z0-9-]*[a-z0-9])?");

    /** Paths that have to be there, by kind; {@code *} is each item of a list, if there is a list. */
    private static final Map<String, List<String>> REQUIRED = Map.of(
            "Service", List.of("spec/ports/*/port"),
            "Deployment", List.of("spec/selector", "spec/template/metadata/labels"),
            "StatefulSet",
                    List.of(
                            "spec/selector",
                            "spec/template/metadata/labels",
                            "spec/volumeClaimTemplates/*/metadata/name",
                            "spec/volumeClaimTemplates/*/spec/accessModes",
                            "spec/volumeClaimTemplates/*/spec/resources/requests/storage"),
            "CronJob", List.of("spec/schedule"),
            "HorizontalPodAutoscaler",
                    List.of(
                            "spec/maxReplicas",
                            "spec/scaleTargetRef/kind",
                            "spec/scaleTargetRef/name",
                            "spec/metrics/*/type"),
            "Ingress",
                    List.of(
                            "spec/tls/*/hosts",
                            "spec/rules/*/http/paths/*/pathType",
                            "spec/rules/*/http/paths/*/backend/service/name"),
            "NetworkPolicy", List.of("spec/podSelector"),
            "PriorityClass", List.of("value"));

    private static final List<String> REQUIRED_OF_PODS = List.of(
            "containers",
            "volumes/*/name",
            "topologySpreadConstraints/*/maxSkew",
            "topologySpreadConstraints/*/topologyKey",
            "topologySpreadConstraints/*/whenUnsatisfiable");

    private static final List<String> REQUIRED_OF_CONTAINERS = List.of(
            "name", "image", "ports/*/containerPort", "env/*/name", "volumeMounts/*/name", "volumeMounts/*/mountPath");

    private ApiValidation() {}

    static Stream<String> faultsIn(Manifest manifest) {
        return Stream.of(missing(manifest), names(manifest), labels(manifest.tree(), manifest.kind()), ports(manifest))
                .flatMap(faults -> faults);
    }

    private static Stream<String> missing(Manifest manifest) {
        Stream<String> ofPods = manifest.hasPods() ? missing(manifest.podSpec(), REQUIRED_OF_PODS) : Stream.empty();
        Stream<String> ofContainers =
                manifest.containers().flatMap(container -> missing(container, REQUIRED_OF_CONTAINERS));
        return Stream.of(
                        missing(manifest.tree(), REQUIRED.getOrDefault(manifest.kind(), List.of())),
                        ofPods,
                        ofContainers)
                .flatMap(faults -> faults)
                .map(path -> "there is no " + path);
    }

    private static Stream<String> missing(JsonNode node, List<String> paths) {
        return paths.stream().flatMap(path -> missing(node, "", List.of(path.split("/", -1))));
    }

    private static Stream<String> missing(JsonNode node, String at, List<String> path) {
        if (path.isEmpty()) {
            return node.isMissingNode() || node.isNull() ? Stream.of(at.substring(1)) : Stream.empty();
        }
        List<String> rest = path.subList(1, path.size());
        return path.getFirst().equals("*")
                ? IntStream.range(0, node.size())
                        .boxed()
                        .flatMap(item -> missing(node.path(item), at + "/" + item, rest))
                : missing(node.path(path.getFirst()), at + "/" + path.getFirst(), rest);
    }

    private static Stream<String> names(Manifest manifest) {
        Pattern form = manifest.kind().equals("Service") ? NAME_OF_SERVICE : SUBDOMAIN;
        return form.matcher(manifest.name()).matches()
                ? Stream.empty()
                : Stream.of("not the name of a " + manifest.kind() + ": " + manifest.name());
    }

    /** Of all labels, and of what selects by labels, at any depth. */
    private static Stream<String> labels(JsonNode node, String kind) {
        return Stream.concat(
                node.propertyStream()
                        .filter(field -> isOfLabels(field.getKey(), kind))
                        .flatMap(field -> field.getValue().propertyStream())
                        .filter(label -> !isLabel(label.getKey(), label.getValue()))
                        .map(label -> "not a label: " + label),
                node.valueStream().flatMap(child -> labels(child, kind)));
    }

    private static boolean isOfLabels(String field, String kind) {
        return field.equals("labels")
                || field.equals("matchLabels")
                || (field.equals("selector") && kind.equals("Service"));
    }

    private static boolean isLabel(String key, JsonNode value) {
        int slash = key.indexOf('/');
        return (slash < 0 || SUBDOMAIN.matcher(key.substring(0, slash)).matches())
                && LABEL.matcher(key.substring(slash + 1)).matches()
                && (value.asText().isEmpty() || LABEL.matcher(value.asText()).matches());
    }

    private static Stream<String> ports(Manifest manifest) {
        Stream<String> ofContainers = manifest.containers()
                .flatMap(container -> Manifest.each(container.path("ports")))
                .map(port -> port.path("name").asText())
                .filter(name -> !name.isEmpty() && !PORT.matcher(name).matches());
        Stream<String> ofServices = Manifest.each(manifest.at("/spec/ports"))
                .map(port -> port.path("name").asText())
                .filter(name -> !name.isEmpty() && !DNS_LABEL.matcher(name).matches());
        return Stream.concat(ofContainers, ofServices).map(name -> "not the name of a port: " + name);
    }
}
