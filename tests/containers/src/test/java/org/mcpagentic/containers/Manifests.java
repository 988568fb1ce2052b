package org.mcpagentic.containers;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An overlay as kustomize renders it, and what {@code podman play kube} can take of it.
 *
 * <p>podman plays pods. What makes pods of Deployments and StatefulSets, probes them, ends them in order and leads requests to
 * them is a cluster's business, which {@link SmallCluster} minds; of a pod itself only this is changed:
 *
 * <ul>
 *   <li>ports go, since podman would publish them on the machine, and a second replica could not;
 *   <li>probes and hooks go, since podman would run them inside, by a shell that the images have not;
 *   <li>volumes are named after their pod, since podman would share those of one name;
 *   <li>names of Services are entries of {@code /etc/hosts}, since there is no name server.
 * </ul>
 */
record Manifests(List<JsonNode> objects) {

    private static final YAMLMapper YAML =
            new YAMLMapper(new YAMLFactory().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER));

    Manifests {
        objects = List.copyOf(objects);
    }

    static Manifests render(Path overlay) {
        String rendered = Tool.of("kubectl", "kustomize").run(overlay.toString());
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(new TypeReference<JsonNode>() {}).readValues(rendered)) {
            return new Manifests(documents.readAll());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<JsonNode> ofKind(String kind) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .toList();
    }

    JsonNode one(String kind, String name) {
        return ofKind(kind).stream()
                .filter(object -> name(object).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
    }

    /** The Deployments and StatefulSets. */
    List<JsonNode> workloads() {
        return Stream.concat(ofKind("StatefulSet").stream(), ofKind("Deployment").stream())
                .toList();
    }

    static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    /** The one container of a workload's pods. */
    static JsonNode container(JsonNode workload) {
        return workload.at("/spec/template/spec/containers/0");
    }

    /** The port of that name, or the number that it is. */
    static int port(JsonNode workload, JsonNode nameOrNumber) {
        if (nameOrNumber.isInt()) {
            return nameOrNumber.asInt();
        }
        for (JsonNode port : container(workload).path("ports")) {
            if (port.path("name").asText().equals(nameOrNumber.asText())) {
                return port.path("containerPort").asInt();
            }
        }
        throw new AssertionError("no port " + nameOrNumber + " in " + name(workload));
    }

    /** The Service that leads to a workload's pods; none where it has none. */
    Optional<JsonNode> serviceOf(JsonNode workload) {
        JsonNode labels = workload.at("/spec/template/metadata/labels");
        return ofKind("Service").stream()
                .filter(service -> service.at("/spec/selector")
                        .propertyStream()
                        .allMatch(wanted -> labels.path(wanted.getKey()).equals(wanted.getValue())))
                .findFirst();
    }

    /**
     * One pod of a workload, with the ConfigMaps and the storage that it names, as documents of YAML.
     *
     * @param pod the name that it gets
     * @param services address at which all Services are reached
     * @param more objects that are not in the overlay: Secrets as ConfigMaps
     */
    String pod(JsonNode workload, String pod, String services, List<JsonNode> more) {
        ObjectNode made = YAML.createObjectNode().put("apiVersion", "v1").put("kind", "Pod");
        made.putObject("metadata")
                .put("name", pod)
                .set("labels", workload.at("/spec/template/metadata/labels").deepCopy());
        ObjectNode spec = workload.at("/spec/template/spec").deepCopy();
        made.set("spec", spec);
        ArrayNode aliases = spec.putArray("hostAliases");
        ArrayNode names = aliases.addObject().put("ip", services).putArray("hostnames");
        ofKind("Service").forEach(service -> names.add(name(service)));

        List<JsonNode> documents = new ArrayList<>(ofKind("ConfigMap"));
        documents.addAll(more);
        ArrayNode volumes = spec.withArray("/volumes");
        for (JsonNode claim : workload.at("/spec/volumeClaimTemplates")) {
            String name = name(claim);
            volumes.addObject()
                    .put("name", name)
                    .putObject("persistentVolumeClaim")
                    .put("claimName", name);
            documents.add(storage(claim, pod, spec));
        }
        volumes.forEach(volume -> own((ObjectNode) volume, pod));
        for (JsonNode container : spec.path("containers")) {
            ((ObjectNode) container)
                    .remove(List.of("ports", "startupProbe", "livenessProbe", "readinessProbe", "lifecycle"));
            container.path("volumeMounts").forEach(mount -> own((ObjectNode) mount, pod));
            container.path("envFrom").forEach(Manifests::secretAsSettings);
        }
        documents.add(made);
        return yaml(documents);
    }

    /** A ConfigMap of what a Secret would hold: podman 4.3 and later ones disagree on how they want Secrets. */
    static JsonNode secret(String name, java.util.Map<String, String> values) {
        ObjectNode made = YAML.createObjectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
        made.putObject("metadata").put("name", name);
        values.forEach(made.putObject("data")::put);
        return made;
    }

    private static void secretAsSettings(JsonNode source) {
        JsonNode reference = ((ObjectNode) source).remove("secretRef");
        if (reference != null) {
            ((ObjectNode) source).set("configMapRef", reference);
        }
    }

    private static void own(ObjectNode named, String pod) {
        String name = named.path("name").asText();
        named.put("name", pod + "-" + name);
        if (named.has("persistentVolumeClaim")) {
            named.withObject("/persistentVolumeClaim").put("claimName", pod + "-" + name);
        }
    }

    /** The claim, owned as {@code fsGroup} would have it. */
    private static JsonNode storage(JsonNode template, String pod, JsonNode spec) {
        ObjectNode claim = template.deepCopy();
        claim.put("apiVersion", "v1").put("kind", "PersistentVolumeClaim");
        ObjectNode metadata = claim.withObject("/metadata");
        metadata.put("name", pod + "-" + name(template));
        metadata.withObject("/annotations")
                .put(
                        "volume.podman.io/uid",
                        spec.at("/securityContext/runAsUser").asText())
                .put("volume.podman.io/gid", spec.at("/securityContext/fsGroup").asText());
        return claim;
    }

    private static String yaml(List<JsonNode> documents) {
        StringBuilder text = new StringBuilder();
        try {
            for (JsonNode document : documents) {
                text.append("---\n").append(YAML.writeValueAsString(document));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
