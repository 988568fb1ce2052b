package org.mcpagentic.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule finds the fault that it is there for: one is planted into what was rendered, and must be named. */
class PlantedFaultsTest {

    private static final List<Manifest> SOUND = Chart.render();

    /** A fault, the workload it is planted into, and a part of what must be said about it. */
    record Fault(String said, String workload, Consumer<ObjectNode> plant) {

        static Fault inPod(String said, Consumer<ObjectNode> plant) {
            return new Fault(
                    said,
                    "Deployment/custom-mcp-service",
                    tree -> plant.accept((ObjectNode) tree.at("/spec/template/spec")));
        }

        static Fault inContainer(String said, Consumer<ObjectNode> plant) {
            return inPod(said, pod -> plant.accept((ObjectNode) pod.at("/containers/0")));
        }

        static Fault inSecurityContext(String said, Consumer<ObjectNode> plant) {
            return inContainer(said, container -> plant.accept((ObjectNode) container.path("securityContext")));
        }

        @Override
        public String toString() {
            return workload + " " + said;
        }
    }

    static Stream<Fault> faultsOfPods() {
        return Stream.of(
                Fault.inPod("shares no namespace with its host", pod -> pod.put("hostNetwork", true)),
                Fault.inPod("shares no namespace with its host", pod -> pod.put("hostPID", true)),
                Fault.inPod(
                        "runs as a user that is not root",
                        pod -> pod.withObject("/securityContext").put("runAsUser", 0)),
                Fault.inPod(
                        "runs as a user that is not root",
                        pod -> pod.withObject("/securityContext").remove("runAsNonRoot")),
                Fault.inPod(
                        "has the seccomp profile RuntimeDefault",
                        pod -> pod.withObject("/securityContext/seccompProfile").put("type", "Unconfined")),
                Fault.inPod(
                        "keeps the host's own guards",
                        pod -> pod.withObject("/securityContext/appArmorProfile")
                                .put("type", "Unconfined")),
                Fault.inContainer(
                        "probes no other host",
                        container -> ((ObjectNode) container.at("/livenessProbe/httpGet")).put("host", "10.0.0.1")),
                Fault.inPod(
                        "sets no sysctl",
                        pod -> pod.withArray("/securityContext/sysctls")
                                .addObject()
                                .put("name", "kernel.shm_rmid_forced")),
                Fault.inPod(
                        "mounts no volume of the host",
                        pod -> pod.withArray("/volumes")
                                .addObject()
                                .put("name", "host")
                                .putObject("hostPath")
                                .put("path", "/")),
                Fault.inPod("keeps the service account's token out", pod -> pod.remove("automountServiceAccountToken")),
                Fault.inPod("gets no service links", pod -> pod.put("enableServiceLinks", true)),
                Fault.inPod("has 45 s to end", pod -> pod.remove("terminationGracePeriodSeconds")),
                Fault.inSecurityContext("is not privileged", context -> context.put("privileged", true)),
                Fault.inSecurityContext(
                        "cannot gain privileges", context -> context.remove("allowPrivilegeEscalation")),
                Fault.inSecurityContext("drops all capabilities", context -> context.remove("capabilities")),
                Fault.inSecurityContext(
                        "drops all capabilities",
                        context -> context.withArray("/capabilities/add").add("SYS_ADMIN")),
                Fault.inSecurityContext(
                        "takes back nothing that its pod forbids", context -> context.put("runAsNonRoot", false)),
                Fault.inSecurityContext("has a read-only root", context -> context.remove("readOnlyRootFilesystem")),
                Fault.inContainer(
                        "binds no port of the host",
                        container -> ((ObjectNode) container.at("/ports/0")).put("hostPort", 8000)),
                Fault.inContainer(
                        "requests cpu and memory, and is limited in both",
                        container -> container.withObject("/resources/limits").remove("memory")),
                Fault.inContainer(
                        "has a startup, a liveness and a readiness probe",
                        container -> container.remove("readinessProbe")),
                Fault.inContainer(
                        "names a pinned image", container -> container.put("image", "mcp-agentic/custom:latest")),
                Fault.inContainer(
                        "names a pinned image",
                        container -> container.put("image", "registry:5000/mcp-agentic/custom")),
                Fault.inPod(
                        "is not privileged",
                        pod -> pod.withArray("/initContainers")
                                .addObject()
                                .putObject("securityContext")
                                .put("privileged", true)));
    }

    @ParameterizedTest
    @MethodSource("faultsOfPods")
    void aPodThatBreaksARuleIsNamed(Fault fault) {
        assertThat(PodRules.faultsIn(withFault(fault)))
                .anySatisfy(said -> assertThat(said).contains(fault.workload(), fault.said()));
    }

    @Test
    void everyRuleForPodsHasAPlantedFault() {
        var planted = faultsOfPods().map(Fault::said).toList();

        var demands = Stream.of(
                        PodRules.POD, PodRules.LASTING_POD, PodRules.CONTAINER, PodRules.LASTING_CONTAINER)
                .flatMap(List::stream)
                .map(PodRules.Rule::demand);

        assertThat(demands).allMatch(planted::contains);
    }

    static Stream<Fault> faultsOfFields() {
        return Stream.of(
                Fault.inContainer(
                        "periodSecond",
                        container -> container.withObject("/livenessProbe").put("periodSecond", 1)),
                Fault.inPod(
                        "runAsNonroot",
                        pod -> pod.withObject("/securityContext").put("runAsNonroot", true)),
                new Fault(
                        "replica",
                        "Deployment/dashboard-service",
                        tree -> tree.withObject("/spec").put("replica", 3)),
                new Fault(
                        "lables",
                        "Service/dashboard-service",
                        tree -> tree.withObject("/metadata").putObject("lables")),
                new Fault(
                        "ingressClass",
                        "Ingress/dashboard-service",
                        tree -> tree.withObject("/spec").put("ingressClass", "nginx")),
                new Fault(
                        "annotations",
                        "Ingress/dashboard-service",
                        tree -> tree.withObject("/metadata/annotations").put("timeout", 3600)),
                new Fault(
                        "replicas",
                        "StatefulSet/mcp-agentic-redis",
                        tree -> tree.withObject("/spec").put("replicas", "one")),
                new Fault("unknown kind", "ServiceAccount/mcp-agentic", tree -> tree.put("apiVersion", "v2")));
    }

    @ParameterizedTest
    @MethodSource("faultsOfFields")
    void aFieldThatTheApiDoesNotKnowIsNamed(Fault fault) {
        assertThat(KubernetesApi.faultsIn(withFault(fault)))
                .singleElement()
                .asString()
                .contains(fault.workload(), fault.said());
    }

    static Stream<Fault> faultsOfReferences() {
        return Stream.of(
                new Fault(
                        "selector",
                        "Deployment/custom-mcp-service",
                        tree -> tree.withObject("/spec/selector/matchLabels").put("app.kubernetes.io/name", "custom")),
                new Fault(
                        "selector",
                        "Deployment/custom-mcp-service",
                        tree -> tree.withObject("/spec/selector/matchLabels")
                                .put("app.kubernetes.io/version", "0.1.0")),
                new Fault(
                        "selector",
                        "Service/custom-mcp-service",
                        tree -> tree.withObject("/spec/selector").remove("app.kubernetes.io/name")),
                new Fault(
                        "no port web",
                        "Service/custom-mcp-service",
                        tree -> ((ObjectNode) tree.at("/spec/ports/0")).put("targetPort", "web")),
                new Fault(
                        "no such service and port",
                        "Ingress/custom-mcp-service",
                        tree -> ((ObjectNode) tree.at("/spec/rules/0/http/paths/0/backend/service"))
                                .put("name", "custom")),
                new Fault(
                        "no Service redis",
                        "StatefulSet/mcp-agentic-redis",
                        tree -> tree.withObject("/spec").put("serviceName", "redis")),
                Fault.inPod("no ServiceAccount root", pod -> pod.put("serviceAccountName", "root")),
                Fault.inPod("no volume tmp", pod -> pod.remove("volumes")),
                Fault.inContainer(
                        "no port web",
                        container -> ((ObjectNode) container.at("/livenessProbe/httpGet")).put("port", "web")),
                Fault.inPod(
                        "no ConfigMap mcp-agentic-models",
                        pod -> ((ObjectNode) pod.at("/volumes/1/configMap")).remove("optional")),
                Fault.inContainer(
                        "no ConfigMap settings",
                        container -> ((ObjectNode) container.at("/envFrom/0/configMapRef")).put("name", "settings")),
                Fault.inContainer(
                        "no key HOSTS",
                        container -> container
                                .withArray("/env")
                                .addObject()
                                .put("name", "HOSTS")
                                .withObject("/valueFrom/configMapKeyRef")
                                .put("name", "mcp-agentic-settings")
                                .put("key", "HOSTS")));
    }

    @ParameterizedTest
    @MethodSource("faultsOfReferences")
    void aReferenceThatLeadsNowhereIsNamed(Fault fault) {
        assertThat(References.faultsIn(withFault(fault)))
                .anySatisfy(said -> assertThat(said).contains(fault.workload(), fault.said()));
    }

    private static List<Manifest> withFault(Fault fault) {
        var manifests = new ArrayList<Manifest>();
        for (Manifest manifest : SOUND) {
            var copy = new Manifest(manifest.tree().deepCopy());
            if (copy.id().equals(fault.workload())) {
                fault.plant().accept(copy.tree());
            }
            manifests.add(copy);
        }
        assertThat(manifests).as("the fault is planted").isNotEqualTo(SOUND);
        return manifests;
    }
}
