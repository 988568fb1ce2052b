package org.mcpagentic.containers;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mcpagentic.containers.Nginx.Upstream;
import org.mcpagentic.containers.Nginx.Way;
import org.mcpagentic.testsupport.Until;

/**
 * An overlay that runs on this machine: its pods by {@code podman play kube}, its Ingresses and Services by nginx, and what a cluster's
 * controllers do by this class. Pods of a Deployment are replaced as its strategy says (one more, none less): the new one is ready
 * first, then the old one gets no more requests, its {@code preStop} passes, and SIGTERM and its grace follow.
 *
 * <p>Not played: NetworkPolicies, budgets, autoscaling, topology; the one machine has nothing to spread over.
 */
final class SmallCluster implements AutoCloseable {

    static final int INGRESS_PORT = 18080;

    private static final String NETWORK = "mcp-agentic-tests";
    private static final String PREFIX = "10.213.77.";
    private static final String GATEWAY = PREFIX + "1";
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final HttpClient PROBE = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(Duration.ofSeconds(1))
            .build();

    private final Manifests manifests;
    private final Path folder;
    private final List<JsonNode> secrets;
    private final List<Way> outside;
    private final IngressRules rules;
    private final Map<String, List<Pod>> running = new LinkedHashMap<>();
    private final List<Pod> all = new ArrayList<>();
    private Optional<Nginx> nginx = Optional.empty();
    private int lastAddress = 10;

    /** A pod that was started. */
    record Pod(String name, String workload, String address, Path file) {
        String container() {
            return name + "-" + workload;
        }
    }

    private SmallCluster(Manifests manifests, Path folder, List<JsonNode> secrets, List<Way> outside) {
        this.manifests = manifests;
        this.folder = folder;
        this.secrets = List.copyOf(secrets);
        this.outside = List.copyOf(outside);
        this.rules = new IngressRules(manifests.ofKind("Ingress"), "127.0.0.1:" + INGRESS_PORT);
    }

    /**
     * Starts all pods of an overlay; returns when they are ready.
     *
     * @param secrets the Secrets that the overlay expects to be there
     * @param outside more ports of {@link #gateway()}, for what pods reach outside
     */
    static SmallCluster start(Manifests manifests, Path folder, List<JsonNode> secrets, List<Way> outside) {
        sweep();
        Tool.PODMAN.run("network", "create", "--subnet", PREFIX + "0/24", "--disable-dns", NETWORK);
        SmallCluster cluster = new SmallCluster(manifests, folder, secrets, outside);
        try {
            cluster.startAll();
            return cluster;
        } catch (AssertionError failure) {
            AssertionError told = new AssertionError(failure.getMessage() + "\n" + cluster.logs(), failure);
            cluster.close();
            throw told;
        }
    }

    /** The address by which pods reach this machine. */
    static String gateway() {
        return GATEWAY;
    }

    private void startAll() {
        for (JsonNode workload : manifests.workloads()) {
            int replicas = workload.at("/spec/replicas").asInt(1);
            List<Pod> pods = new ArrayList<>();
            for (int replica = 0; replica < replicas; replica++) {
                pods.add(launch(workload));
            }
            running.put(Manifests.name(workload), pods);
            lead();
            pods.forEach(pod -> awaitReady(workload, pod));
        }
    }

    private Pod launch(JsonNode workload) {
        String name = Manifests.name(workload);
        int number = ++lastAddress;
        Pod pod = new Pod(
                name + "-" + number,
                Manifests.container(workload).path("name").asText(),
                PREFIX + number,
                folder.resolve(name + "-" + number + ".yaml"));
        try {
            Files.createDirectories(folder);
            Files.writeString(pod.file(), manifests.pod(workload, pod.name(), GATEWAY, secrets));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        all.add(pod);
        Tool.PODMAN.run(
                "play",
                "kube",
                "--network",
                NETWORK,
                "--ip",
                pod.address(),
                pod.file().toString());
        return pod;
    }

    /** As the kubelet asks: the readiness probe of the manifest. */
    private void awaitReady(JsonNode workload, Pod pod) {
        JsonNode probe = Manifests.container(workload).path("readinessProbe");
        Until.holds(pod.name() + " is ready", START_LIMIT, () -> isReady(workload, pod, probe));
    }

    private static boolean isReady(JsonNode workload, Pod pod, JsonNode probe) {
        if (probe.has("exec")) {
            List<String> command = new ArrayList<>(List.of("exec", pod.container()));
            probe.at("/exec/command").forEach(word -> command.add(word.asText()));
            return Tool.PODMAN.tried(command.toArray(String[]::new)).code() == 0;
        }
        JsonNode get = probe.path("httpGet");
        URI address = URI.create("http://" + pod.address() + ":" + Manifests.port(workload, get.path("port"))
                + get.path("path").asText());
        try {
            return PROBE.send(
                                    HttpRequest.newBuilder(address)
                                            .timeout(Duration.ofSeconds(3))
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Replaces every pod of a Deployment, one after the other. */
    void restart(String deployment) {
        JsonNode workload = manifests.one("Deployment", deployment);
        for (Pod old : List.copyOf(pods(deployment))) {
            Pod fresh = launch(workload);
            awaitReady(workload, fresh);
            pods(deployment).add(fresh);
            pods(deployment).remove(old);
            lead();
            end(workload, old);
        }
    }

    private void end(JsonNode workload, Pod pod) {
        try {
            Thread.sleep(Duration.ofSeconds(Manifests.container(workload)
                    .at("/lifecycle/preStop/sleep/seconds")
                    .asLong(0)));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        String grace =
                workload.at("/spec/template/spec/terminationGracePeriodSeconds").asText("30");
        Tool.PODMAN.run("stop", "--time", grace, pod.container());
        keepLog(pod);
        Tool.PODMAN.run("pod", "rm", "--force", pod.name());
    }

    /** The pods of a workload that get requests. */
    List<Pod> pods(String workload) {
        return running.getOrDefault(workload, List.of());
    }

    /** All pods that run. */
    List<Pod> pods() {
        return running.values().stream().flatMap(List::stream).toList();
    }

    /** The process of a pod's container, as this machine numbers it. */
    static long process(Pod pod) {
        return Long.parseLong(Tool.PODMAN
                .run("inspect", "--format", "{{.State.Pid}}", pod.container())
                .strip());
    }

    /** The exit codes of the containers that were replaced and the logs of all, for whoever has to find a fault. */
    String logs() {
        StringBuilder text = new StringBuilder();
        for (Pod pod : all) {
            Tool.Outcome log = Tool.PODMAN.tried("logs", "--tail", "40", pod.container());
            text.append("== ")
                    .append(pod.name())
                    .append('\n')
                    .append(log.output())
                    .append(log.errors());
        }
        return text.append("== nginx\n")
                .append(nginx.map(Nginx::said).orElse(""))
                .toString();
    }

    private void keepLog(Pod pod) {
        try {
            Tool.Outcome log = Tool.PODMAN.tried("logs", pod.container());
            Files.writeString(folder.resolve(pod.name() + ".log"), log.output() + log.errors());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void lead() {
        // why not before: the gateway's address, on which nginx listens, is there with the first pod
        nginx.ifPresentOrElse(
                started -> started.reload(rules.servers(), upstreams(), ways()),
                () -> nginx = Optional.of(Nginx.start(folder.resolve("nginx"), rules.servers(), upstreams(), ways())));
    }

    private List<Upstream> upstreams() {
        List<Upstream> upstreams = new ArrayList<>();
        for (JsonNode workload : manifests.ofKind("Deployment")) {
            manifests
                    .serviceOf(workload)
                    .ifPresent(service -> upstreams.add(new Upstream(
                            Manifests.name(service), servers(workload, service.at("/spec/ports/0/targetPort")))));
        }
        return upstreams;
    }

    private List<Way> ways() {
        List<Way> ways = new ArrayList<>(outside);
        for (JsonNode workload : manifests.workloads()) {
            manifests.serviceOf(workload).ifPresent(service -> {
                for (JsonNode port : service.at("/spec/ports")) {
                    ways.add(new Way(
                            GATEWAY + ":" + port.path("port").asInt(), servers(workload, port.path("targetPort"))));
                }
            });
        }
        return ways;
    }

    private List<String> servers(JsonNode workload, JsonNode port) {
        return pods(Manifests.name(workload)).stream()
                .map(pod -> pod.address() + ":" + Manifests.port(workload, port))
                .toList();
    }

    @Override
    public void close() {
        nginx.ifPresent(Nginx::close);
        all.forEach(this::keepLog);
        sweep();
    }

    /** Removes what this class made, also what a run left behind that was killed. */
    private static void sweep() {
        String left = Tool.PODMAN.run("pod", "ls", "--filter", "network=" + NETWORK, "--format", "{{.Name}}");
        left.lines().forEach(pod -> Tool.PODMAN.run("pod", "rm", "--force", pod));
        Tool.PODMAN.tried("network", "rm", "--force", NETWORK);
        Tool.PODMAN
                .run("volume", "ls", "--format", "{{.Name}}")
                .lines()
                .filter(volume -> volume.startsWith("mcp-agentic-") || volume.contains("-service-"))
                .forEach(volume -> Tool.PODMAN.tried("volume", "rm", "--force", volume));
    }
}
