package org.mcpagentic.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The Helm chart: what it renders, without a cluster, and which values it has. */
final class Chart {

    static final Path FOLDER = Path.of("../../helm/mcp-agentic-ai-server");

    /** The same with files in place of links, as in its package; Helm warns of each link at each rendering. */
    static final Path PACKAGED = packaged();

    private static final Path ENVIRONMENTS = Path.of("../../deploy/environments");

    private static final String KUBERNETES = "1.34.0";

    private Chart() {}

    private static Path packaged() {
        Path copy = Path.of("target/chart", String.valueOf(FOLDER.getFileName()));
        delete(copy);
        try (Stream<Path> files = Files.walk(FOLDER, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = copy.resolve(FOLDER.relativize(file).toString());
                Files.createDirectories(Objects.requireNonNull(target.getParent()));
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Manifest> render(Path... valuesFiles) {
        return render(KUBERNETES, valuesFiles);
    }

    /**
     * What {@code helm install} would send to a cluster of this version.
     *
     * @throws RuntimeException with Helm's message if the chart refuses the values or the version
     */
    static List<Manifest> render(String kubernetes, Path... valuesFiles) {
        return render(kubernetes, "agents", valuesFiles);
    }

    /** What it would send into this namespace. */
    static List<Manifest> renderIn(String namespace, Path values) {
        return render(KUBERNETES, namespace, values);
    }

    /** What {@code helm install} tells whoever installs with these values. */
    static String notes(Path values) {
        return new Helm(PACKAGED)
                .install()
                .withName("agents")
                .withNamespace("agents")
                .withKubeVersion(KUBERNETES)
                .withValuesFile(values.toAbsolutePath())
                .clientOnly()
                .dryRun()
                .call()
                .getOutput();
    }

    private static List<Manifest> render(String kubernetes, String namespace, Path... valuesFiles) {
        var command = new Helm(PACKAGED)
                .template()
                .withName("agents")
                .withNamespace(namespace)
                .withKubeVersion(kubernetes);
        for (Path values : valuesFiles) {
            command.withValuesFile(values.toAbsolutePath());
        }
        return Manifest.parse(command.call());
    }

    /** A file of values in the chart's ci folder. */
    static Path scenario(String name) {
        return FOLDER.resolve("ci").resolve(name + "-values.yaml");
    }

    static List<Path> scenarios() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve("ci"))) {
            return files.sorted().toList();
        }
    }

    /** The files of values that environments are deployed with. */
    static List<Path> environments() throws IOException {
        try (Stream<Path> files = Files.list(ENVIRONMENTS)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    /** The paths of the values, for example {@code redis.internal.image}. */
    static List<String> values() throws IOException {
        return paths("", defaults(), false).toList();
    }

    /** The paths of the sections that hold values, for example {@code redis.internal}. */
    static List<String> sections() throws IOException {
        return paths("", defaults(), true).toList();
    }

    private static Stream<String> paths(String prefix, JsonNode section, boolean sections) {
        return section.propertyStream().flatMap(field -> {
            String path = prefix + field.getKey();
            boolean isSection = field.getValue().isObject() && !field.getValue().isEmpty();
            Stream<String> below = isSection ? paths(path + ".", field.getValue(), sections) : Stream.empty();
            return isSection == sections ? Stream.concat(Stream.of(path), below) : below;
        });
    }

    private static JsonNode defaults() throws IOException {
        return Manifest.parse(Files.readString(FOLDER.resolve("values.yaml")))
                .getFirst()
                .tree();
    }
}
