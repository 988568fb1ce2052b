package org.mcpagentic.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an installation must keep as a whole, beside what {@link PodRules each of its pods} must. */
final class InstallationRules {

    private static final String EVERYWHERE_4 = "0.0.0.0/0";
    private static final String EVERYWHERE_6 = "::/0";

    /** Networks that are nobody's on the internet: RFC 1918, RFC 6598, RFC 3927; RFC 4193, RFC 4291. */
    private static final Map<String, List<String>> PRIVATE = Map.of(
            EVERYWHERE_4, List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16"),
            EVERYWHERE_6, List.of("fc00::/7", "fe80::/10"));

    /** The longest that a service ends its work for: 20 s of {@code quarkus.shutdown.timeout}, and 10 s of {@code worker.grace}. */
    static final int DRAIN_SECONDS = 30;

    private static final Set<String> SELECTORS =
            Set.of("selector", "podSelector", "labelSelector", "namespaceSelector", "matchLabels");
    private static final Set<String> VERSIONS = Set.of("app.kubernetes.io/version", "helm.sh/chart");

    /** The demands on all objects of an installation together. */
    static final List<Rule> ALL = List.of(
            new Rule("has a disruption budget that lets one pod go", InstallationRules::withoutBudget),
            new Rule("is spread over hosts and zones", InstallationRules::notSpread),
            new Rule("waits until nobody sends it requests, and has time to end its work", InstallationRules::cutOff),
            new Rule(
                    "is scaled by one thing, which has the number of replicas to itself",
                    InstallationRules::scaledTwice),
            new Rule("is scaled between bounds that keep two replicas", InstallationRules::scaledWrongly),
            new Rule("selects by no version", InstallationRules::selectsByVersion),
            new Rule("takes its Redis from one place", InstallationRules::redisTwice),
            new Rule("gets no token of its service account", InstallationRules::withToken),
            new Rule("brings no secret", InstallationRules::secrets),
            new Rule("is reached through an Ingress or a Gateway alone", InstallationRules::openServices),
            new Rule("is published by Ingresses or by HTTPRoutes, not by both", InstallationRules::publishedTwice),
            new Rule("is in the one namespace of all", InstallationRules::namespaces),
            new Rule(
                    "lets nothing in or out that is not named, where it has network policies", InstallationRules::open),
            new Rule("lets nothing out to private networks that are not named", InstallationRules::toPrivateNetworks));

    private InstallationRules() {}

    /**
     * A demand and its check.
     *
     * @param demand what is kept, as the end of a sentence that begins with the object
     * @param broken the objects that do not keep it
     */
    record Rule(String demand, Function<List<Manifest>, Stream<Manifest>> broken) {}

    /** Which demands are not kept, each with the object that breaks it. */
    static List<String> faultsIn(List<Manifest> manifests) {
        return ALL.stream()
                .flatMap(rule -> rule.broken()
                        .apply(manifests)
                        .map(manifest -> manifest.id() + " must keep: it " + rule.demand()))
                .toList();
    }

    private static Stream<Manifest> withoutBudget(List<Manifest> all) {
        return lasting(all)
                .filter(workload -> ofKind(all, "PodDisruptionBudget")
                                .filter(budget -> Labels.match(budget.at("/spec/selector"), workload.podLabels()))
                                .filter(budget ->
                                        budget.at("/spec/maxUnavailable").asInt() == 1)
                                .count()
                        != 1);
    }

    private static Stream<Manifest> notSpread(List<Manifest> all) {
        return lasting(all)
                .filter(workload -> !Manifest.each(workload.podSpec().path("topologySpreadConstraints"))
                        .filter(spread -> Labels.match(spread.path("labelSelector"), workload.podLabels()))
                        .map(spread -> spread.path("topologyKey").asText())
                        .collect(Collectors.toSet())
                        .equals(Set.of("kubernetes.io/hostname", "topology.kubernetes.io/zone")));
    }

    private static Stream<Manifest> cutOff(List<Manifest> all) {
        return ofKind(all, "Deployment")
                .filter(deployment -> deployment.containers().anyMatch(container -> {
                    int wait = container.at("/lifecycle/preStop/sleep/seconds").asInt();
                    int grace = deployment
                            .podSpec()
                            .path("terminationGracePeriodSeconds")
                            .asInt();
                    return wait < 5 || grace < wait + DRAIN_SECONDS;
                }));
    }

    private static Stream<Manifest> scaledTwice(List<Manifest> all) {
        return all.stream().filter(workload -> {
            long scalers = scalers(all)
                    .filter(scaler -> target(scaler).equals(workload.id()))
                    .count();
            return scalers > 1 || (scalers == 1 && workload.at("/spec").has("replicas"));
        });
    }

    private static Stream<Manifest> scaledWrongly(List<Manifest> all) {
        return scalers(all).filter(scaler -> {
            JsonNode spec = scaler.at("/spec");
            int least = spec.path("minReplicas").asInt()
                    + spec.path("minReplicaCount").asInt();
            int most = spec.path("maxReplicas").asInt()
                    + spec.path("maxReplicaCount").asInt();
            return least < 2 || most < least;
        });
    }

    private static Stream<Manifest> selectsByVersion(List<Manifest> all) {
        return all.stream().filter(manifest -> selectsByVersion(manifest.tree(), false));
    }

    private static boolean selectsByVersion(JsonNode node, boolean inSelector) {
        return node.propertyStream()
                        .anyMatch(field -> (inSelector && isVersion(field.getKey(), field.getValue()))
                                || selectsByVersion(field.getValue(), inSelector || SELECTORS.contains(field.getKey())))
                || (node.isArray() && Manifest.each(node).anyMatch(item -> selectsByVersion(item, inSelector)));
    }

    /** Whether a field of a selector is about a version: a label, or the key of an expression. */
    private static boolean isVersion(String key, JsonNode value) {
        return VERSIONS.contains(key) || (key.equals("key") && VERSIONS.contains(value.asText()));
    }

    private static Stream<Manifest> redisTwice(List<Manifest> all) {
        boolean inside = ofKind(all, "StatefulSet").anyMatch(set -> set.name().equals("mcp-agentic-redis"));
        boolean told = ofKind(all, "ConfigMap").anyMatch(map -> map.at("/data").has("REDIS_URL"));
        return ofKind(all, "Deployment").filter(deployment -> {
            boolean given = deployment
                    .containers()
                    .flatMap(container -> Manifest.each(container.path("envFrom")))
                    .map(source -> source.at("/secretRef/name").asText())
                    .anyMatch(name -> name.contains("redis"));
            return given ? inside || told : (inside && !told) || (ofItsOwn(deployment) && throughSentinels(all));
        });
    }

    /** Whether the address of Redis is the workload's own, with a password for instance, in place of that of the settings. */
    private static boolean ofItsOwn(Manifest deployment) {
        return deployment
                .containers()
                .flatMap(container -> Manifest.each(container.path("env")))
                .anyMatch(variable -> variable.path("name").asText().equals("REDIS_URL"));
    }

    private static boolean throughSentinels(List<Manifest> all) {
        return ofKind(all, "ConfigMap").anyMatch(map -> map.at("/data").has("REDIS_MASTER_NAME"));
    }

    private static Stream<Manifest> withToken(List<Manifest> all) {
        return ofKind(all, "ServiceAccount").filter(account -> {
            JsonNode token = account.at("/automountServiceAccountToken");
            return !token.isBoolean() || token.asBoolean();
        });
    }

    private static Stream<Manifest> secrets(List<Manifest> all) {
        return ofKind(all, "Secret");
    }

    private static Stream<Manifest> openServices(List<Manifest> all) {
        return ofKind(all, "Service")
                .filter(service -> !service.at("/spec/type").asText().equals("ClusterIP")
                        || service.at("/spec").has("externalIPs"));
    }

    private static Stream<Manifest> publishedTwice(List<Manifest> all) {
        return ofKind(all, "Ingress").findAny().isPresent() ? ofKind(all, "HTTPRoute") : Stream.empty();
    }

    private static Stream<Manifest> namespaces(List<Manifest> all) {
        Set<String> namespaces = all.stream()
                .filter(manifest -> !manifest.kind().equals("PriorityClass"))
                .map(manifest -> manifest.at("/metadata/namespace").asText())
                .collect(Collectors.toSet());
        return namespaces.size() > 1
                ? all.stream().filter(manifest -> manifest.at("/metadata").has("namespace"))
                : Stream.empty();
    }

    private static Stream<Manifest> open(List<Manifest> all) {
        List<Manifest> policies = ofKind(all, "NetworkPolicy").toList();
        if (policies.isEmpty()) {
            return Stream.empty();
        }
        Stream<Manifest> notDenied = all.stream()
                .filter(Manifest::hasPods)
                .filter(workload -> policies.stream().noneMatch(policy -> deniesAll(policy, workload)));
        Stream<Manifest> withoutPeers = policies.stream()
                .filter(policy -> Stream.concat(
                                Manifest.each(policy.at("/spec/egress")).map(rule -> rule.path("to")),
                                Manifest.each(policy.at("/spec/ingress")).map(rule -> rule.path("from")))
                        .anyMatch(
                                peers -> peers.isEmpty() || Manifest.each(peers).anyMatch(JsonNode::isEmpty)));
        return Stream.concat(notDenied, withoutPeers);
    }

    private static boolean deniesAll(Manifest policy, Manifest workload) {
        JsonNode spec = policy.at("/spec");
        Set<String> types =
                Manifest.each(spec.path("policyTypes")).map(JsonNode::asText).collect(Collectors.toSet());
        return types.equals(Set.of("Ingress", "Egress"))
                && spec.path("ingress").isEmpty()
                && spec.path("egress").isEmpty()
                && Labels.match(spec.path("podSelector"), workload.podLabels());
    }

    private static Stream<Manifest> toPrivateNetworks(List<Manifest> all) {
        return ofKind(all, "NetworkPolicy")
                .filter(policy -> Manifest.each(policy.at("/spec/egress"))
                        .flatMap(rule -> Manifest.each(rule.path("to")))
                        .map(peer -> peer.path("ipBlock"))
                        .filter(block -> PRIVATE.containsKey(block.path("cidr").asText()))
                        .anyMatch(block -> !excepted(block)
                                .containsAll(
                                        PRIVATE.getOrDefault(block.path("cidr").asText(), List.of()))));
    }

    private static List<String> excepted(JsonNode block) {
        return Manifest.each(block.path("except")).map(JsonNode::asText).toList();
    }

    /** What runs in more than one pod. */
    private static Stream<Manifest> lasting(List<Manifest> all) {
        return all.stream()
                .filter(manifest -> manifest.kind().equals("Deployment")
                        || (manifest.kind().equals("StatefulSet")
                                && manifest.at("/spec/replicas").asInt() > 1));
    }

    private static Stream<Manifest> scalers(List<Manifest> all) {
        return Stream.concat(ofKind(all, "HorizontalPodAutoscaler"), ofKind(all, "ScaledObject"));
    }

    static String target(Manifest scaler) {
        JsonNode target = scaler.at("/spec/scaleTargetRef");
        return target.path("kind").asText("Deployment") + "/"
                + target.path("name").asText();
    }

    private static Stream<Manifest> ofKind(List<Manifest> all, String kind) {
        return all.stream().filter(manifest -> manifest.kind().equals(kind));
    }
}
