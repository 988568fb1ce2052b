package org.mcpagentic.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * One choice that is made twice: with components of kustomize and with values of the chart.
 *
 * @param name what it is called
 * @param kustomization the folder of the one
 * @param values the file of the other
 * @param namespace where both are installed
 */
record Choice(String name, Path kustomization, Path values, String namespace) {

    /** A folder for each choice, with the kustomization.yaml and the values.yaml that make it. */
    static final Path FOLDER = Path.of("src/test/resources/parity");

    /** The choices of that folder, and each environment: its overlay and its values. */
    static Stream<Choice> all() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            var choices = folders.map(folder -> new Choice(
                            folder.getFileName().toString(), folder, folder.resolve("values.yaml"), "agents"))
                    .toList();
            var environments =
                    Chart.environments().stream().map(Choice::environment).toList();
            return Stream.of(choices, environments).flatMap(all -> all.stream());
        }
    }

    private static Choice environment(Path values) {
        String name = values.getFileName().toString().replaceFirst("\\.yaml$", "");
        return new Choice(name, Kustomization.FOLDER.resolve("overlays").resolve(name), values, "mcp-agentic-" + name);
    }

    @Override
    public String toString() {
        return name;
    }
}
