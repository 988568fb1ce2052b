package org.mcpagentic.monitoring;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program of the machine, such as promtool. */
enum Tool {
    PROMTOOL("promtool"),
    AMTOOL("amtool"),
    PROMETHEUS("prometheus");

    private final String program;

    Tool(String program) {
        this.program = program;
    }

    /** What it said, and whether it was content. */
    record Said(int exitCode, String text) {}

    boolean isThere() {
        return List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Why a test that needs it is skipped. */
    String missing() {
        return program + " is not on the PATH: run scripts/need-prometheus";
    }

    Said run(Path folder, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Said(process.waitFor(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while " + program + " ran", e);
        }
    }
}
