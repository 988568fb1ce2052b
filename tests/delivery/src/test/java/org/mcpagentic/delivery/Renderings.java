package org.mcpagentic.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All that is rendered and held against the rules, once for all tests. */
final class Renderings {

    /** Where a rendering comes from. */
    enum Source {
        COMBINATION,
        OVERLAY,
        CHOICE,
        SCENARIO,
        FILE
    }

    /**
     * What one choice gives.
     *
     * @param source where it comes from
     * @param manifests its objects
     */
    record Rendering(Source source, List<Manifest> manifests) {}

    private static final Map<String, Rendering> ALL = new TreeMap<>();

    private Renderings() {}

    /**
     * By what they are called: the combinations of components, the overlays, the choices that kustomize and the chart are
     * compared by, the chart with its defaults and with each file of values there is, and the files of rendered manifests
     * that the system property {@code delivery.files} names, with commas.
     */
    static synchronized Map<String, Rendering> all() throws IOException {
        if (ALL.isEmpty()) {
            for (List<String> components : Combinations.all()) {
                put(
                        Source.COMBINATION,
                        "base with " + String.join(", ", components),
                        Kustomization.render(Combinations.kustomization(components)));
            }
            for (Path overlay : folders(Kustomization.FOLDER.resolve("overlays"))) {
                put(Source.OVERLAY, "overlays/" + overlay.getFileName(), Kustomization.render(overlay));
            }
            for (Path choice : folders(Choice.FOLDER)) {
                put(Source.CHOICE, "kustomization of " + choice.getFileName(), Kustomization.render(choice));
                put(Source.SCENARIO, "chart of " + choice.getFileName(), Chart.render(choice.resolve("values.yaml")));
            }
            put(Source.SCENARIO, "chart", Chart.render());
            for (Path values : Chart.scenarios()) {
                put(Source.SCENARIO, "chart with " + values.getFileName(), Chart.render(values));
            }
            for (Path values : Chart.environments()) {
                put(Source.SCENARIO, "chart for " + values.getFileName(), Chart.render(values));
            }
            for (String file : given()) {
                put(Source.FILE, file, Manifest.parse(Files.readString(Path.of(file))));
            }
        }
        return Map.copyOf(ALL);
    }

    private static void put(Source source, String name, List<Manifest> manifests) {
        ALL.put(name, new Rendering(source, manifests));
    }

    private static List<String> given() {
        return Stream.of(System.getProperty("delivery.files", "").split(","))
                .filter(file -> !file.isBlank())
                .toList();
    }

    private static List<Path> folders(Path folder) throws IOException {
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.sorted().toList();
        }
    }
}
