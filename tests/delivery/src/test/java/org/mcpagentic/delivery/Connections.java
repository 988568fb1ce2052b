package org.mcpagentic.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Follows what the parts of an installation say to each other through its network policies. */
final class Connections {

    /** Who asks whom: the names of the workloads, and the container's port. */
    record Connection(String from, String to, String port) {}

    private static final List<Connection> NEEDED = List.of(
            new Connection("dashboard-service", "custom-mcp-service", "http"),
            new Connection("dashboard-service", "public-mcp-service", "http"),
            new Connection("custom-mcp-service", "mcp-agentic-redis", "redis"),
            new Connection("public-mcp-service", "mcp-agentic-redis", "redis"),
            new Connection("dashboard-service", "mcp-agentic-redis", "redis"),
            new Connection("custom-mcp-service", "mcp-agentic-redis", "sentinel"),
            new Connection("public-mcp-service", "mcp-agentic-redis", "sentinel"),
            new Connection("dashboard-service", "mcp-agentic-redis", "sentinel"),
            new Connection("mcp-agentic-redis", "mcp-agentic-redis", "redis"),
            new Connection("mcp-agentic-redis", "mcp-agentic-redis", "sentinel"),
            new Connection("mcp-agentic-test", "custom-mcp-service", "http"),
            new Connection("mcp-agentic-test", "public-mcp-service", "http"),
            new Connection("mcp-agentic-test", "dashboard-service", "http"));

    private Connections() {}

    /** The needed connections between what is there that no policy lets through. */
    static List<String> faultsIn(List<Manifest> all) {
        List<Manifest> policies = all.stream()
                .filter(manifest -> manifest.kind().equals("NetworkPolicy"))
                .toList();
        if (policies.isEmpty()) {
            return List.of();
        }
        return NEEDED.stream()
                .flatMap(connection -> blocked(connection, all, policies))
                .toList();
    }

    private static Stream<String> blocked(Connection connection, List<Manifest> all, List<Manifest> policies) {
        return workload(all, connection.from())
                .flatMap(from -> workload(all, connection.to())
                        .flatMap(to -> port(to, connection.port()).flatMap(port -> {
                            Stream<String> out = passes(policies, "Egress", from, to, port)
                                    ? Stream.empty()
                                    : Stream.of(connection + " is not let out");
                            Stream<String> in = passes(policies, "Ingress", to, from, port)
                                    ? Stream.empty()
                                    : Stream.of(connection + " is not let in");
                            return Stream.concat(out, in);
                        })));
    }

    /** Whether policies for this side let the other side through, in the one direction. */
    private static boolean passes(
            List<Manifest> policies, String direction, Manifest side, Manifest other, JsonNode port) {
        String rules = direction.equals("Egress") ? "egress" : "ingress";
        String peers = direction.equals("Egress") ? "to" : "from";
        String number = port.path("containerPort").asText();
        // why not out: a name is one of the pods that the policy is for
        Set<String> numbers = direction.equals("Egress")
                ? Set.of(number)
                : Set.of(number, port.path("name").asText());
        List<JsonNode> specs = policies.stream()
                .map(policy -> policy.at("/spec"))
                .filter(spec -> Manifest.each(spec.path("policyTypes"))
                        .anyMatch(type -> type.asText().equals(direction)))
                .filter(spec -> Labels.match(spec.path("podSelector"), side.podLabels()))
                .toList();
        return specs.isEmpty()
                || specs.stream()
                        .flatMap(spec -> Manifest.each(spec.path(rules)))
                        .filter(rule -> Manifest.each(rule.path("ports"))
                                .map(allowed -> allowed.path("port").asText())
                                .anyMatch(numbers::contains))
                        .flatMap(rule -> Manifest.each(rule.path(peers)))
                        .filter(peer -> peer.has("podSelector") && !peer.has("namespaceSelector"))
                        .anyMatch(peer -> Labels.match(peer.path("podSelector"), other.podLabels()));
    }

    private static Stream<Manifest> workload(List<Manifest> all, String name) {
        return all.stream()
                .filter(Manifest::hasPods)
                .filter(manifest -> manifest.name().equals(name));
    }

    private static Stream<JsonNode> port(Manifest workload, String name) {
        return workload.containers()
                .flatMap(container -> Manifest.each(container.path("ports")))
                .filter(port -> port.path("name").asText().equals(name));
    }
}
