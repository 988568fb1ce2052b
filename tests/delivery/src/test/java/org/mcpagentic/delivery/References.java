package org.mcpagentic.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Follows each reference from one object to another of the same rendering. Secrets are brought by the operator. */
final class References {

    private static final String VERSION_LABEL = "app.kubernetes.io/version";

    private References() {}

    /** The references that lead nowhere, and the selectors that an upgrade would break. */
    static List<String> faultsIn(List<Manifest> manifests) {
        return manifests.stream()
                .flatMap(manifest -> faultsIn(manifest, manifests).map(fault -> manifest.id() + ": " + fault))
                .toList();
    }

    private static Stream<String> faultsIn(Manifest manifest, List<Manifest> all) {
        return switch (manifest.kind()) {
            case "Deployment", "StatefulSet" -> ofWorkload(manifest, all);
            case "Service" -> ofService(manifest, all);
            case "Ingress" -> ofIngress(manifest, all);
            case "HTTPRoute" -> ofRoute(manifest, all);
            case "PodDisruptionBudget" -> ofBudget(manifest, all);
            case "HorizontalPodAutoscaler", "ScaledObject" -> ofScaler(manifest, all);
            case "ServiceMonitor" -> ofMonitor(manifest, all);
            case "Pod", "Job" -> ofPod(manifest, all);
            default -> Stream.empty();
        };
    }

    private static Stream<String> ofWorkload(Manifest workload, List<Manifest> all) {
        JsonNode selector = workload.at("/spec/selector/matchLabels");
        Stream<String> ownPods = selects(selector, workload) && !selector.has(VERSION_LABEL)
                ? Stream.empty()
                : Stream.of("the selector must match the own pods, in every version");
        Stream<String> governor = workload.kind().equals("StatefulSet")
                ? missing(all, "Service", workload.at("/spec/serviceName"))
                : Stream.empty();
        return Stream.of(ownPods, governor, ofPod(workload, all)).flatMap(faults -> faults);
    }

    private static Stream<String> ofPod(Manifest workload, List<Manifest> all) {
        JsonNode pod = workload.podSpec();
        Stream<String> configMaps = Stream.of(
                        Manifest.each(pod.path("volumes")).map(volume -> volume.path("configMap")),
                        workload.containers()
                                .flatMap(container -> Manifest.each(container.path("envFrom")))
                                .map(source -> source.path("configMapRef")),
                        workload.containers()
                                .flatMap(container -> Manifest.each(container.path("env")))
                                .map(variable -> variable.at("/valueFrom/configMapKeyRef")))
                .flatMap(references -> references)
                .filter(reference -> !reference.path("optional").asBoolean())
                .map(reference -> reference.path("name"))
                .filter(JsonNode::isTextual)
                .flatMap(name -> missing(all, "ConfigMap", name));
        Stream<String> keys = workload.containers()
                .flatMap(container -> Manifest.each(container.path("env")))
                .map(variable -> variable.at("/valueFrom/configMapKeyRef"))
                .filter(reference ->
                        reference.isObject() && !reference.path("optional").asBoolean())
                .filter(reference -> Manifest.lookUp(
                                all, "ConfigMap", reference.path("name").asText())
                        .filter(map -> !map.tree()
                                .path("data")
                                .has(reference.path("key").asText()))
                        .isPresent())
                .map(reference -> "there is no key " + reference.path("key").asText() + " in the ConfigMap");
        Stream<String> account = missing(all, "ServiceAccount", pod.path("serviceAccountName"));
        Stream<String> mounts = workload.containers()
                .flatMap(container -> Manifest.each(container.path("volumeMounts")))
                .map(mount -> mount.path("name").asText())
                .filter(name -> !volumes(workload).contains(name))
                .map(name -> "there is no volume " + name);
        Stream<String> probes = workload.containers()
                .flatMap(container -> Stream.of("startupProbe", "livenessProbe", "readinessProbe")
                        .map(probe -> container.path(probe).at("/httpGet/port"))
                        .filter(JsonNode::isTextual)
                        .filter(port -> !names(container.path("ports")).contains(port.asText())))
                .map(port -> "there is no port " + port.asText() + " to probe");
        return Stream.of(configMaps, keys, account, mounts, probes).flatMap(faults -> faults);
    }

    private static Stream<String> ofService(Manifest service, List<Manifest> all) {
        List<Manifest> backends = all.stream()
                .filter(Manifest::hasPods)
                .filter(workload -> selects(service.at("/spec/selector"), workload))
                .toList();
        if (backends.size() != 1 || service.at("/spec/selector").has(VERSION_LABEL)) {
            return Stream.of("the selector must match one workload, in every version");
        }
        Set<String> ports = backends.getFirst()
                .containers()
                .flatMap(container -> names(container.path("ports")).stream())
                .collect(Collectors.toSet());
        return Manifest.each(service.at("/spec/ports"))
                .map(port -> port.path("targetPort").asText())
                .filter(port -> !ports.contains(port))
                .map(port -> "its pods have no port " + port);
    }

    private static Stream<String> ofIngress(Manifest ingress, List<Manifest> all) {
        return Manifest.each(ingress.at("/spec/rules"))
                .flatMap(rule -> Manifest.each(rule.at("/http/paths")))
                .map(path -> path.at("/backend/service"))
                .filter(backend -> Manifest.lookUp(
                                all, "Service", backend.path("name").asText())
                        .filter(service -> names(service.at("/spec/ports"))
                                .contains(backend.at("/port/name").asText()))
                        .isEmpty())
                .map(backend -> "there is no such service and port: " + backend);
    }

    private static Stream<String> ofRoute(Manifest route, List<Manifest> all) {
        return Manifest.each(route.at("/spec/rules"))
                .flatMap(rule -> Manifest.each(rule.path("backendRefs")))
                .filter(backend -> Manifest.lookUp(
                                all, "Service", backend.path("name").asText())
                        .filter(service -> Manifest.each(service.at("/spec/ports"))
                                .anyMatch(port -> port.path("port").equals(backend.path("port"))))
                        .isEmpty())
                .map(backend -> "there is no such service and port: " + backend);
    }

    private static Stream<String> ofBudget(Manifest budget, List<Manifest> all) {
        long workloads = all.stream()
                .filter(Manifest::hasPods)
                .filter(workload -> selects(budget.at("/spec/selector/matchLabels"), workload))
                .count();
        return workloads == 1 ? Stream.empty() : Stream.of("the selector must match one workload");
    }

    private static Stream<String> ofScaler(Manifest scaler, List<Manifest> all) {
        JsonNode target = scaler.at("/spec/scaleTargetRef");
        return missing(all, target.path("kind").asText("Deployment"), target.path("name"));
    }

    private static Stream<String> ofMonitor(Manifest monitor, List<Manifest> all) {
        List<Manifest> services = all.stream()
                .filter(manifest -> manifest.kind().equals("Service"))
                .filter(service -> Labels.match(monitor.at("/spec/selector"), service.at("/metadata/labels")))
                .toList();
        if (services.isEmpty()) {
            return Stream.of("the selector matches no service");
        }
        return Manifest.each(monitor.at("/spec/endpoints"))
                .map(endpoint -> endpoint.path("port").asText())
                .filter(port -> services.stream()
                        .noneMatch(service -> names(service.at("/spec/ports")).contains(port)))
                .map(port -> "its services have no port " + port);
    }

    private static boolean selects(JsonNode selector, Manifest workload) {
        JsonNode labels = workload.podLabels();
        return !selector.isEmpty()
                && selector.propertyStream().allMatch(label -> label.getValue().equals(labels.path(label.getKey())));
    }

    private static Stream<String> missing(List<Manifest> all, String kind, JsonNode name) {
        return Manifest.lookUp(all, kind, name.asText()).isPresent()
                ? Stream.empty()
                : Stream.of("there is no " + kind + " " + name.asText());
    }

    private static Set<String> volumes(Manifest workload) {
        return Stream.concat(
                        names(workload.podSpec().path("volumes")).stream(),
                        Manifest.each(workload.at("/spec/volumeClaimTemplates"))
                                .map(claim -> claim.at("/metadata/name").asText()))
                .collect(Collectors.toSet());
    }

    private static Set<String> names(JsonNode array) {
        return Manifest.each(array).map(item -> item.path("name").asText()).collect(Collectors.toSet());
    }
}
