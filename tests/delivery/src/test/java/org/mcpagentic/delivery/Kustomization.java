package org.mcpagentic.delivery;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Renders a kustomization with the tool that an operator uses. */
final class Kustomization {

    static final Path FOLDER = Path.of("../../k8s");

    /** What the chart installs with its default values. */
    static final Path DEV = FOLDER.resolve("overlays/dev");

    private static final List<List<String>> TOOLS =
            List.of(List.of("kubectl", "kustomize"), List.of("kustomize", "build"));

    private Kustomization() {}

    /**
     * What {@code kubectl apply -k} would send.
     *
     * @throws AssertionError if neither kubectl nor kustomize is on the PATH, or the kustomization cannot be built
     */
    static List<Manifest> render(Path folder) {
        for (List<String> tool : TOOLS) {
            if (isOnPath(tool.getFirst())) {
                return Manifest.parse(run(tool, folder));
            }
        }
        throw new AssertionError("""
                k8s/ cannot be rendered: neither kubectl nor kustomize is on the PATH. Install one of them:
                kubectl 1.27 or newer, see https://kubernetes.io/docs/tasks/tools/
                kustomize 5, by "go install sigs.k8s.io/kustomize/kustomize/v5@v5.5.0\"""");
    }

    private static boolean isOnPath(String program) {
        return List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static String run(List<String> tool, Path folder) {
        try {
            Path errors = Files.createTempFile("kustomize", ".log");
            try {
                Process process = new ProcessBuilder(tool.getFirst(), tool.getLast(), folder.toString())
                        .redirectError(errors.toFile())
                        .start();
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (process.waitFor() != 0) {
                    throw new AssertionError(
                            String.join(" ", tool) + " refuses " + folder + ": " + Files.readString(errors));
                }
                return output;
            } finally {
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while rendering " + folder, e);
        }
    }
}
