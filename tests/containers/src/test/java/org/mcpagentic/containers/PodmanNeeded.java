package org.mcpagentic.containers;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips the tests but in {@code make verify-containers}, which makes the images and sees that podman and nginx are there. */
final class PodmanNeeded implements ExecutionCondition {

    private static final List<String> PROGRAMS = List.of("podman", "nginx", "kubectl");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (!Boolean.getBoolean("containers")) {
            return ConditionEvaluationResult.disabled("containers run in make verify-containers");
        }
        List<String> missing =
                PROGRAMS.stream().filter(program -> !isOnPath(program)).toList();
        if (!missing.isEmpty()) {
            throw new AssertionError("not on the PATH: " + missing);
        }
        return ConditionEvaluationResult.enabled("podman is there");
    }

    private static boolean isOnPath(String program) {
        return List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
