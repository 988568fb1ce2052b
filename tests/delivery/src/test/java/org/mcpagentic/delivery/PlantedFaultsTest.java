package org.mcpagentic.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule finds the fault that it is there for: one is planted into what was rendered, and must be named. */
class PlantedFaultsTest {

    private static final List<Manifest> SOUND = Chart.render();

    /** With what the default leaves out: Sentinel, autoscaling, network policies, and something of an operator's. */
    private static final List<Manifest> LARGE = large();

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

        var demands = Stream.of(PodRules.POD, PodRules.LASTING_POD, PodRules.CONTAINER, PodRules.LASTING_CONTAINER)
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

    static Stream<Fault> faultsOfValues() {
        return Stream.of(
                Fault.inContainer("there is no image", container -> container.remove("image")),
                Fault.inContainer(
                        "there is no ports/0/containerPort",
                        container -> ((ObjectNode) container.at("/ports/0")).remove("containerPort")),
                Fault.inPod("there is no containers", pod -> pod.remove("containers")),
                Fault.inPod("there is no volumes/0/name", pod -> ((ObjectNode) pod.at("/volumes/0")).remove("name")),
                new Fault(
                        "there is no spec/selector",
                        "Deployment/custom-mcp-service",
                        tree -> tree.withObject("/spec").remove("selector")),
                new Fault(
                        "there is no spec/ports/0/port",
                        "Service/custom-mcp-service",
                        tree -> ((ObjectNode) tree.at("/spec/ports/0")).remove("port")),
                new Fault(
                        "there is no spec/maxReplicas",
                        "HorizontalPodAutoscaler/custom-mcp-service",
                        tree -> tree.withObject("/spec").remove("maxReplicas")),
                new Fault(
                        "there is no spec/podSelector",
                        "NetworkPolicy/mcp-agentic-dns",
                        tree -> tree.withObject("/spec").remove("podSelector")),
                new Fault(
                        "there is no spec/rules/0/http/paths/0/pathType",
                        "Ingress/custom-mcp-service",
                        tree -> ((ObjectNode) tree.at("/spec/rules/0/http/paths/0")).remove("pathType")),
                new Fault(
                        "there is no spec/volumeClaimTemplates/0/spec/resources/requests/storage",
                        "StatefulSet/mcp-agentic-redis",
                        tree -> ((ObjectNode) tree.at("/spec/volumeClaimTemplates/0/spec")).remove("resources")),
                new Fault(
                        "not a label: app.kubernetes.io/version=\"0.1.0+7\"",
                        "Service/custom-mcp-service",
                        tree -> tree.withObject("/metadata/labels").put("app.kubernetes.io/version", "0.1.0+7")),
                new Fault(
                        "not a label: tier=",
                        "Deployment/custom-mcp-service",
                        tree -> tree.withObject("/spec/template/metadata/labels")
                                .put("tier", "x".repeat(64))),
                new Fault(
                        "not a label: a tier=",
                        "Service/custom-mcp-service",
                        tree -> tree.withObject("/spec/selector").put("a tier", "edge")),
                new Fault(
                        "not a label: Example.com/tier=",
                        "NetworkPolicy/mcp-agentic-dns",
                        tree -> tree.withObject("/spec/podSelector/matchLabels").put("Example.com/tier", "edge")),
                Fault.inContainer(
                        "not the name of a port: management-https",
                        container -> ((ObjectNode) container.at("/ports/0")).put("name", "management-https")),
                new Fault(
                        "not the name of a port: Http",
                        "Service/custom-mcp-service",
                        tree -> ((ObjectNode) tree.at("/spec/ports/0")).put("name", "Http")),
                new Fault(
                        "not the name of a ServiceAccount: mcp_agentic",
                        "ServiceAccount/mcp-agentic",
                        tree -> tree.withObject("/metadata").put("name", "mcp_agentic")),
                new Fault(
                        "not the name of a Service: 1-custom",
                        "Service/custom-mcp-service",
                        tree -> tree.withObject("/metadata").put("name", "1-custom")));
    }

    @ParameterizedTest
    @MethodSource("faultsOfValues")
    void whatTheApiWouldRefuseIsNamed(Fault fault) {
        assertThat(KubernetesApi.faultsIn(LARGE)).isEmpty();

        assertThat(KubernetesApi.faultsIn(withFault(LARGE, fault)))
                .singleElement()
                .asString()
                .contains(fault.said());
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
                        "the selector must match one workload",
                        "PodDisruptionBudget/custom-mcp-service",
                        tree -> tree.withObject("/spec/selector/matchLabels").put("app.kubernetes.io/name", "custom")),
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

    static Stream<Fault> faultsOfReferencesOfScalersAndMonitors() {
        return Stream.of(
                new Fault(
                        "no Deployment custom",
                        "HorizontalPodAutoscaler/custom-mcp-service",
                        tree -> tree.withObject("/spec/scaleTargetRef").put("name", "custom")),
                new Fault(
                        "no port metrics",
                        "ServiceMonitor/custom-mcp-service",
                        tree -> ((ObjectNode) tree.at("/spec/endpoints/0")).put("port", "metrics")),
                new Fault(
                        "the selector matches no service",
                        "ServiceMonitor/custom-mcp-service",
                        tree -> tree.withObject("/spec/selector/matchLabels").put("app.kubernetes.io/name", "custom")));
    }

    @ParameterizedTest
    @MethodSource("faultsOfReferencesOfScalersAndMonitors")
    void aReferenceOfAScalerOrAMonitorThatLeadsNowhereIsNamed(Fault fault) {
        assertThat(References.faultsIn(LARGE)).isEmpty();

        assertThat(References.faultsIn(withFault(LARGE, fault)))
                .anySatisfy(said -> assertThat(said).contains(fault.workload(), fault.said()));
    }

    static Stream<Fault> faultsOfInstallations() {
        return Stream.of(
                new Fault(
                        "has a disruption budget that lets one pod go",
                        "Deployment/custom-mcp-service",
                        tree -> tree.withObject("/spec/template/metadata/labels")
                                .put("app.kubernetes.io/name", "custom")),
                new Fault(
                        "is spread over hosts and zones",
                        "StatefulSet/mcp-agentic-redis",
                        tree -> tree.withObject("/spec/template/spec").remove("topologySpreadConstraints")),
                Fault.inPod(
                        "waits until nobody sends it requests, and has time to end its work",
                        pod -> pod.put("terminationGracePeriodSeconds", 30)),
                Fault.inContainer(
                        "waits until nobody sends it requests, and has time to end its work",
                        container -> container.remove("lifecycle")),
                new Fault(
                        "is scaled by one thing, which has the number of replicas to itself",
                        "Deployment/custom-mcp-service",
                        tree -> tree.withObject("/spec").put("replicas", 2)),
                new Fault(
                        "is scaled between bounds that keep two replicas",
                        "HorizontalPodAutoscaler/custom-mcp-service",
                        tree -> tree.withObject("/spec").put("minReplicas", 1)),
                new Fault(
                        "selects by no version",
                        "ServiceMonitor/custom-mcp-service",
                        tree -> tree.withObject("/spec/selector/matchLabels")
                                .put("app.kubernetes.io/version", "0.1.0")),
                new Fault(
                        "takes its Redis from one place",
                        "Deployment/custom-mcp-service",
                        tree -> ((ArrayNode) tree.at("/spec/template/spec/containers/0/envFrom"))
                                .addObject()
                                .putObject("secretRef")
                                .put("name", "mcp-agentic-redis-auth")),
                new Fault(
                        "gets no token of its service account",
                        "ServiceAccount/mcp-agentic",
                        tree -> tree.remove("automountServiceAccountToken")),
                new Fault("brings no secret", "ConfigMap/mcp-agentic-settings", tree -> tree.put("kind", "Secret")),
                new Fault(
                        "is reached through an Ingress or a Gateway alone",
                        "Service/custom-mcp-service",
                        tree -> tree.withObject("/spec").put("type", "LoadBalancer")),
                new Fault(
                        "is published by Ingresses or by HTTPRoutes, not by both",
                        "ServiceMonitor/custom-mcp-service",
                        tree -> tree.put("kind", "HTTPRoute")),
                new Fault(
                        "is in the one namespace of all",
                        "Service/custom-mcp-service",
                        tree -> tree.withObject("/metadata").put("namespace", "elsewhere")),
                new Fault(
                        "lets nothing in or out that is not named, where it has network policies",
                        "NetworkPolicy/mcp-agentic-dns",
                        tree -> ((ObjectNode) tree.at("/spec/egress/0")).remove("to")),
                new Fault(
                        "lets nothing in or out that is not named, where it has network policies",
                        "StatefulSet/mcp-agentic-redis",
                        tree -> tree.withObject("/spec/template/metadata/labels")
                                .remove("app.kubernetes.io/part-of")),
                new Fault(
                        "lets nothing out to private networks that are not named",
                        "NetworkPolicy/mcp-agentic-internet",
                        tree -> ((ObjectNode) tree.at("/spec/egress/0/to/0/ipBlock")).remove("except")));
    }

    @ParameterizedTest
    @MethodSource("faultsOfInstallations")
    void anInstallationThatBreaksARuleIsNamed(Fault fault) {
        assertThat(InstallationRules.faultsIn(LARGE)).isEmpty();

        assertThat(InstallationRules.faultsIn(withFault(LARGE, fault)))
                .anySatisfy(said -> assertThat(said).contains(fault.said()));
    }

    @Test
    void everyRuleForInstallationsHasAPlantedFault() {
        var planted = faultsOfInstallations().map(Fault::said).toList();

        assertThat(InstallationRules.ALL).map(InstallationRules.Rule::demand).allMatch(planted::contains);
    }

    @Test
    void whatBothAnAutoscalerAndKedaScaleIsNamed() {
        var both = new ArrayList<>(LARGE);
        Chart.render(Choice.FOLDER.resolve("keda/values.yaml")).stream()
                .filter(manifest -> manifest.kind().equals("ScaledObject"))
                .forEach(both::add);

        assertThat(InstallationRules.faultsIn(both))
                .containsExactly(
                        "Deployment/custom-mcp-service must keep: it is scaled by one thing, which has the number of replicas to itself",
                        "Deployment/public-mcp-service must keep: it is scaled by one thing, which has the number of replicas to itself",
                        "Deployment/dashboard-service must keep: it is scaled by one thing, which has the number of replicas to itself");
    }

    static Stream<Fault> faultsOfConnections() {
        return Stream.of(
                new Fault(
                        "from=dashboard-service, to=custom-mcp-service, port=http] is not let out",
                        "NetworkPolicy/mcp-agentic-askers",
                        tree -> tree.withObject("/spec").putArray("egress")),
                new Fault(
                        "from=dashboard-service, to=public-mcp-service, port=http] is not let in",
                        "NetworkPolicy/mcp-agentic-asked",
                        tree -> tree.withObject("/spec").putArray("ingress")),
                new Fault(
                        "from=custom-mcp-service, to=mcp-agentic-redis, port=redis] is not let out",
                        "NetworkPolicy/mcp-agentic-redis",
                        tree -> ((ObjectNode) tree.at("/spec/egress/0/ports/0")).put("port", 6380)),
                new Fault(
                        "from=mcp-agentic-redis, to=mcp-agentic-redis, port=sentinel] is not let in",
                        "NetworkPolicy/mcp-agentic-redis-pods",
                        tree -> ((ArrayNode) tree.at("/spec/ingress/0/ports")).remove(1)));
    }

    @ParameterizedTest
    @MethodSource("faultsOfConnections")
    void aConnectionThatNoPolicyLetsThroughIsNamed(Fault fault) {
        assertThat(Connections.faultsIn(LARGE)).isEmpty();

        assertThat(Connections.faultsIn(withFault(LARGE, fault)))
                .anySatisfy(said -> assertThat(said).contains(fault.said()));
    }

    @Test
    void aFieldThatTheDefinitionOfACustomResourceDoesNotKnowIsNamed(@TempDir Path folder) throws IOException {
        Path schema = folder.resolve("crds/monitoring.coreos.com/servicemonitor_v1.json");
        Files.createDirectories(schema.getParent());
        Files.writeString(schema, """
                {"type": "object", "properties": {"apiVersion": {"type": "string"}, "kind": {"type": "string"}, "metadata": {"type": "object"},
                 "spec": {"type": "object", "properties": {"selector": {"type": "object", "x-kubernetes-preserve-unknown-fields": true,
                   "properties": {}}, "endpoints": {"type": "array", "items": {"type": "object", "properties": {"port": {"type": "string"}}}}}}}}
                """);
        var custom = new CustomResources(Optional.of(folder));
        var misspelt = new Fault(
                "endpoint",
                "ServiceMonitor/custom-mcp-service",
                tree -> tree.withObject("/spec").putArray("endpoint"));
        var deeper = new Fault(
                "path",
                misspelt.workload(),
                tree -> ((ObjectNode) tree.at("/spec/endpoints/0")).put("path", "/q/metrics"));
        var wrong = new Fault(
                "string expected",
                misspelt.workload(),
                tree -> ((ObjectNode) tree.at("/spec/endpoints/0")).put("port", 8000));
        var metadata = new Fault(
                "lables",
                misspelt.workload(),
                tree -> tree.withObject("/metadata").putObject("lables"));
        var unknown = new Fault("there is no schema", misspelt.workload(), tree -> tree.put("kind", "ServiceMonitors"));

        assertThat(custom.faultsIn(LARGE)).isEmpty();
        assertThat(Stream.of(misspelt, deeper, wrong, metadata, unknown))
                .allSatisfy(fault -> assertThat(custom.faultsIn(withFault(LARGE, fault)))
                        .singleElement()
                        .asString()
                        .contains(fault.said()));
    }

    @Test
    void withoutAFolderOfSchemasCustomResourcesAreCountedAndNotChecked() {
        var custom = new CustomResources(Optional.empty());
        var renderings = Map.of("large", new Renderings.Rendering(Renderings.Source.SCENARIO, LARGE));

        assertThat(custom.areChecked()).isFalse();
        assertThat(Summary.of(renderings, custom))
                .contains("1 custom resources NOT checked", "1 monitoring.coreos.com/v1 ServiceMonitor");
    }

    @Test
    void aFolderWithoutSchemasIsNoSetting(@TempDir Path folder) {
        assertThatThrownBy(() -> new CustomResources(Optional.of(folder))).hasMessageContaining("crds");
    }

    private static List<Manifest> large() {
        var manifests = new ArrayList<>(Chart.render(Path.of("src/test/resources/large-values.yaml")));
        manifests.addAll(Manifest.parse("""
                apiVersion: monitoring.coreos.com/v1
                kind: ServiceMonitor
                metadata:
                  name: custom-mcp-service
                spec:
                  selector:
                    matchLabels:
                      app.kubernetes.io/name: custom-mcp-service
                  endpoints:
                    - port: http
                """));
        return List.copyOf(manifests);
    }

    private static List<Manifest> withFault(Fault fault) {
        return withFault(SOUND, fault);
    }

    private static List<Manifest> withFault(List<Manifest> sound, Fault fault) {
        var manifests = new ArrayList<Manifest>();
        for (Manifest manifest : sound) {
            var copy = new Manifest(manifest.tree().deepCopy());
            if (copy.id().equals(fault.workload())) {
                fault.plant().accept(copy.tree());
            }
            manifests.add(copy);
        }
        assertThat(manifests).as("the fault is planted").isNotEqualTo(sound);
        return manifests;
    }
}
