package org.mcpagentic.delivery;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One rendered Kubernetes object, as a tree that a test may change.
 *
 * @param tree the whole document
 */
record Manifest(ObjectNode tree) {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Reads a stream of YAML documents; empty ones are skipped, a key that is there twice is an error. */
    static List<Manifest> parse(String documents) {
        try (var values = YAML.readerFor(JsonNode.class).<JsonNode>readValues(documents)) {
            return values.readAll().stream()
                    .filter(ObjectNode.class::isInstance)
                    .map(node -> new Manifest((ObjectNode) node))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("not YAML: " + documents, e);
        }
    }

    /** The object of this kind and name among these; fails where there is none. */
    static Manifest find(List<Manifest> manifests, String kind, String name) {
        return lookUp(manifests, kind, name)
                .orElseThrow(() -> new AssertionError("there is no %s %s among %s"
                        .formatted(
                                kind, name, manifests.stream().map(Manifest::id).toList())));
    }

    static Optional<Manifest> lookUp(List<Manifest> manifests, String kind, String name) {
        return manifests.stream()
                .filter(manifest -> manifest.id().equals(kind + "/" + name))
                .findFirst();
    }

    /** The items of an array, none where there is no array. */
    static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    String kind() {
        return tree.path("kind").asText();
    }

    String name() {
        return tree.path("metadata").path("name").asText();
    }

    String apiVersion() {
        return tree.path("apiVersion").asText();
    }

    /** Whether its kind is not one of Kubernetes' own, which are in no group, in one without a dot, or in one of {@code k8s.io}. */
    boolean isCustom() {
        String group = apiVersion().contains("/")
                ? apiVersion().substring(0, apiVersion().indexOf('/'))
                : "";
        return group.contains(".") && (!group.endsWith(".k8s.io") || group.equals("gateway.networking.k8s.io"));
    }

    /** Whether Helm runs it at its time, such as a test, and does not install it. */
    boolean isHook() {
        return tree.path("metadata").path("annotations").has("helm.sh/hook");
    }

    /** For example {@code Deployment/dashboard-service}. */
    String id() {
        return kind() + "/" + name();
    }

    /** The node at a JSON pointer, a missing node where there is none. */
    JsonNode at(String pointer) {
        return tree.at(pointer);
    }

    boolean hasPods() {
        return !podSpec().isMissingNode();
    }

    JsonNode podSpec() {
        return at(pod() + "/spec");
    }

    JsonNode podLabels() {
        return at(pod() + "/metadata/labels");
    }

    private String pod() {
        return switch (kind()) {
            case "Pod" -> "";
            case "CronJob" -> "/spec/jobTemplate/spec/template";
            default -> "/spec/template";
        };
    }

    Stream<JsonNode> containers() {
        return Stream.of("initContainers", "containers", "ephemeralContainers")
                .flatMap(field -> each(podSpec().path(field)));
    }
}
