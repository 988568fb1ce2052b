package org.mcpagentic.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What every pod must keep: the Pod Security Standard "restricted"
 * (https://kubernetes.io/docs/concepts/security/pod-security-standards/), and the house's own rules on top.
 */
final class PodRules {

    private static final Set<String> VOLUMES = Set.of(
            "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret");
    private static final Pattern PINNED = Pattern.compile(".+(:(?!latest$)[\\w][\\w.-]*|@sha256:[0-9a-f]{64})");

    /** The demands on a workload's pods as a whole; the node is the pod's spec. */
    static final List<Rule> POD = List.of(
            new Rule(
                    "shares no namespace with its host",
                    pod -> Stream.of("hostNetwork", "hostPID", "hostIPC")
                            .noneMatch(field -> pod.path(field).asBoolean())),
            new Rule(
                    "runs as a user that is not root",
                    pod -> pod.at("/securityContext/runAsNonRoot").asBoolean()
                            && pod.at("/securityContext/runAsUser").asLong() > 0),
            new Rule(
                    "has the seccomp profile RuntimeDefault",
                    pod -> pod.at("/securityContext/seccompProfile/type")
                            .asText()
                            .equals("RuntimeDefault")),
            new Rule(
                    "keeps the host's own guards",
                    pod -> Stream.of("appArmorProfile", "seLinuxOptions", "windowsOptions")
                            .noneMatch(pod.path("securityContext")::has)),
            new Rule("sets no sysctl", pod -> pod.at("/securityContext/sysctls").isEmpty()),
            new Rule(
                    "mounts no volume of the host",
                    pod -> Manifest.each(pod.path("volumes"))
                            .flatMap(volume -> volume.propertyStream().map(Map.Entry::getKey))
                            .allMatch(field -> field.equals("name") || VOLUMES.contains(field))),
            new Rule("keeps the service account's token out", pod -> isFalse(pod.path("automountServiceAccountToken"))),
            new Rule("gets no service links", pod -> isFalse(pod.path("enableServiceLinks"))));

    /** The same, of what runs until it is told to stop. */
    static final List<Rule> LASTING_POD = List.of(new Rule(
            "has 45 s to end", pod -> pod.path("terminationGracePeriodSeconds").asInt() == 45));

    /** The demands on each container; the node is the container. */
    static final List<Rule> CONTAINER = List.of(
            new Rule(
                    "is not privileged",
                    container -> !container.at("/securityContext/privileged").asBoolean()),
            new Rule(
                    "cannot gain privileges",
                    container -> isFalse(container.at("/securityContext/allowPrivilegeEscalation"))),
            new Rule(
                    "drops all capabilities",
                    container -> Manifest.each(container.at("/securityContext/capabilities/drop"))
                                    .anyMatch(capability -> capability.asText().equals("ALL"))
                            && container.at("/securityContext/capabilities/add").isEmpty()),
            new Rule(
                    "takes back nothing that its pod forbids",
                    container -> container
                            .path("securityContext")
                            .propertyStream()
                            .noneMatch(field -> Set.of(
                                            "runAsNonRoot",
                                            "runAsUser",
                                            "seccompProfile",
                                            "procMount",
                                            "seLinuxOptions",
                                            "appArmorProfile",
                                            "windowsOptions")
                                    .contains(field.getKey()))),
            new Rule(
                    "has a read-only root",
                    container -> container
                            .at("/securityContext/readOnlyRootFilesystem")
                            .asBoolean()),
            new Rule(
                    "binds no port of the host",
                    container -> Manifest.each(container.path("ports"))
                            .allMatch(port -> port.path("hostPort").asInt() == 0)),
            new Rule(
                    "requests cpu and memory, and is limited in both",
                    container -> Stream.of("requests", "limits")
                            .map(container.path("resources")::path)
                            .allMatch(amounts -> amounts.has("cpu") && amounts.has("memory"))),
            new Rule(
                    "probes no other host",
                    container -> container.findValues("httpGet").stream().noneMatch(get -> get.has("host"))
                            && container.findValues("tcpSocket").stream().noneMatch(socket -> socket.has("host"))),
            new Rule(
                    "names a pinned image",
                    container ->
                            PINNED.matcher(container.path("image").asText()).matches()));

    /** The same, of what runs until it is told to stop. */
    static final List<Rule> LASTING_CONTAINER = List.of(new Rule(
            "has a startup, a liveness and a readiness probe",
            container ->
                    Stream.of("startupProbe", "livenessProbe", "readinessProbe").allMatch(container::has)));

    private static final Set<String> LASTING = Set.of("Deployment", "StatefulSet", "DaemonSet");

    private PodRules() {}

    /**
     * A demand and its check.
     *
     * @param demand what is kept, as the end of a sentence that begins with the pod or the container
     * @param kept whether a pod's spec or a container keeps it
     */
    record Rule(String demand, Predicate<JsonNode> kept) {}

    /** Which demands are not kept, each with the pod or container that breaks it. */
    static List<String> faultsIn(List<Manifest> manifests) {
        return manifests.stream()
                .filter(Manifest::hasPods)
                .flatMap(manifest -> Stream.concat(
                        broken(rules(manifest, POD, LASTING_POD), manifest.podSpec(), manifest.id()),
                        manifest.containers()
                                .flatMap(container -> broken(
                                        rules(manifest, CONTAINER, LASTING_CONTAINER),
                                        container,
                                        manifest.id() + "/"
                                                + container.path("name").asText()))))
                .toList();
    }

    private static List<Rule> rules(Manifest manifest, List<Rule> all, List<Rule> lasting) {
        return LASTING.contains(manifest.kind())
                ? Stream.concat(all.stream(), lasting.stream()).toList()
                : all;
    }

    private static boolean isFalse(JsonNode node) {
        return node.isBoolean() && !node.asBoolean();
    }

    private static Stream<String> broken(List<Rule> rules, JsonNode node, String who) {
        return rules.stream()
                .filter(rule -> !rule.kept().test(node))
                .map(rule -> who + " must keep: it " + rule.demand());
    }
}
