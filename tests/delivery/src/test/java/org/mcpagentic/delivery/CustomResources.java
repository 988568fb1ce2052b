package org.mcpagentic.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Holds custom resources against the JSON Schemas of their definitions, which lie in a folder as
 * {@code crds/GROUP/KIND_VERSION.json}, such as {@code crds/keda.sh/scaledobject_v1alpha1.json}. As an API server with
 * strict field validation does, it takes no field that the schema does not know, but where that says
 * {@code x-kubernetes-preserve-unknown-fields}.
 */
final class CustomResources {

    private static final String SETTING = "crd.schemas";
    private static final String PRESERVES = "x-kubernetes-preserve-unknown-fields";
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Optional<Path> folder;
    private final Map<Path, Schema> known = new ConcurrentHashMap<>();

    /**
     * Checks what has a schema in this folder, or nothing.
     *
     * @throws IllegalArgumentException if the folder has no folder {@code crds}
     */
    CustomResources(Optional<Path> folder) {
        folder.map(path -> path.resolve("crds"))
                .filter(path -> !Files.isDirectory(path))
                .ifPresent(path -> {
                    throw new IllegalArgumentException(
                            "there is no folder " + path + ", where " + SETTING + " says it is");
                });
        this.folder = folder;
    }

    /** Those of the folder that the system property {@code crd.schemas} names; without it, or where it is empty, nothing is checked. */
    static CustomResources ofSetting() {
        return new CustomResources(Optional.ofNullable(System.getProperty(SETTING))
                .filter(folder -> !folder.isBlank())
                .map(Path::of));
    }

    /** Whether there is a folder of schemas at all. */
    boolean areChecked() {
        return folder.isPresent();
    }

    /** What is wrong with each, and which kinds have no schema in the folder; nothing where there is no folder. */
    List<String> faultsIn(List<Manifest> manifests) {
        return folder.map(path -> manifests.stream()
                        .filter(Manifest::isCustom)
                        .flatMap(manifest -> faultsIn(manifest, path).map(fault -> manifest.id() + ": " + fault))
                        .toList())
                .orElse(List.of());
    }

    private Stream<String> faultsIn(Manifest manifest, Path path) {
        String[] groupAndVersion = manifest.apiVersion().split("/", 2);
        Path file = path.resolve("crds")
                .resolve(groupAndVersion[0])
                .resolve(manifest.kind().toLowerCase(Locale.ROOT) + "_" + groupAndVersion[1] + ".json");
        if (!Files.isRegularFile(file)) {
            return Stream.of("there is no schema " + path.relativize(file));
        }
        Schema schema = known.computeIfAbsent(file, CustomResources::read);
        return Stream.concat(
                KubernetesApi.faultInMetadata(manifest).stream(),
                schema.validate(manifest.tree()).stream().map(Object::toString));
    }

    private static Schema read(Path file) {
        try {
            JsonNode schema = JSON.readTree(file.toFile());
            close(schema);
            return SCHEMAS.getSchema(schema);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has every object whose properties are known refuse others. */
    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.path("properties") instanceof ObjectNode properties) {
            if (!object.has("additionalProperties") && !object.path(PRESERVES).asBoolean()) {
                object.put("additionalProperties", false);
            }
            properties.forEach(CustomResources::close);
        }
        if (schema.path("items").isObject()) {
            close(schema.path("items"));
        }
        if (schema.path("additionalProperties").isObject()) {
            close(schema.path("additionalProperties"));
        }
    }
}
