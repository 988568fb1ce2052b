package org.mcpagentic.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of this machine that is run to its end. */
record Tool(List<String> command, Map<String, String> environment) {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    static final Tool PODMAN = new Tool(
            List.of("podman"),
            Map.of(
                    "CONTAINERS_CONF",
                    Path.of("containers.conf").toAbsolutePath().toString()));

    static Tool of(String... command) {
        return new Tool(List.of(command), Map.of());
    }

    /**
     * Runs it with more arguments.
     *
     * @return what it wrote to its standard output
     * @throws AssertionError where it fails, with what it said
     */
    String run(String... arguments) {
        Outcome outcome = tried(arguments);
        if (outcome.code() != 0) {
            throw new AssertionError(
                    "%s %s ended with %d: %s".formatted(command, List.of(arguments), outcome.code(), outcome.errors()));
        }
        return outcome.output();
    }

    /** How a run ended. */
    record Outcome(int code, String output, String errors) {}

    Outcome tried(String... arguments) {
        try {
            Path errors = Files.createTempFile("tool", ".log");
            try {
                ProcessBuilder builder = new ProcessBuilder(Stream.concat(command.stream(), Stream.of(arguments))
                                .toList())
                        .redirectError(errors.toFile());
                builder.environment().putAll(environment);
                Process process = builder.start();
                process.getOutputStream().close();
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError(command + " " + List.of(arguments) + " did not end");
                }
                return new Outcome(process.exitValue(), output, Files.readString(errors));
            } finally {
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
