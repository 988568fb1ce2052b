package org.mcpagentic.mcptest;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mcpagentic.localredis.GuardedProcess;

/** A Node and the packages of {@code tests/mcp/node}. */
final class NodeTools {
    static final Path CHECKOUT = Path.of("..", "..").toAbsolutePath().normalize();

    private static final Path FOLDER = CHECKOUT.resolve("tests/mcp/node");
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Outcome SEARCH = started(
                    List.of("sh", CHECKOUT.resolve("scripts/find-node").toString()), Map.of())
            .outcome(Duration.ofSeconds(20));

    private final String node;
    private final Path home;

    private NodeTools(String node, Path home) {
        this.node = node;
        this.home = home;
    }

    /**
     * The tools of this machine.
     *
     * @param home a folder that the programs take for their user's
     * @throws IllegalStateException where something is missing, see {@link NodeNeeded}
     */
    static NodeTools of(Path home) {
        if (SEARCH.exitCode() != 0) {
            throw new IllegalStateException(SEARCH.text());
        }
        return new NodeTools(SEARCH.text().strip(), home);
    }

    /** What is missing, where something is. */
    static Optional<String> missing() {
        return SEARCH.exitCode() == 0 ? Optional.empty() : Optional.of(SEARCH.text());
    }

    /**
     * How a program ended.
     *
     * @param text all that it wrote
     */
    record Outcome(int exitCode, String text) {
        /** The last line that is an object of JSON. */
        JsonNode json() {
            return text.lines()
                    .filter(line -> line.startsWith("{"))
                    .reduce((first, second) -> second)
                    .map(Json::parse)
                    .orElseThrow(() -> new AssertionError("no JSON in:\n" + text));
        }
    }

    /** A program that runs. */
    record Running(GuardedProcess process, List<String> lines) implements AutoCloseable {
        /** How it ended, which it has to within the limit. */
        Outcome outcome(Duration limit) {
            try {
                int exitCode = process.exit().get(limit.toSeconds(), TimeUnit.SECONDS);
                return new Outcome(exitCode, String.join("\n", lines));
            } catch (TimeoutException e) {
                throw new AssertionError("did not end within %s:\n%s".formatted(limit, String.join("\n", lines)), e);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            } finally {
                close();
            }
        }

        boolean hasSaid(String text) {
            return lines.stream().anyMatch(line -> line.contains(text));
        }

        @Override
        public void close() {
            process.stop();
        }
    }

    /** Runs a script of {@code tests/mcp/node}, or one of its packages' programs by its path below {@code node_modules}, to its end. */
    Outcome run(Duration limit, Map<String, String> environment, String program, List<String> arguments) {
        return start(environment, program, arguments).outcome(limit);
    }

    /** Starts what {@link #run} runs. */
    Running start(Map<String, String> environment, String program, List<String> arguments) {
        List<String> command =
                new ArrayList<>(List.of(node, FOLDER.resolve(program).toString()));
        command.addAll(arguments);
        return started(command, environment(environment));
    }

    private Map<String, String> environment(Map<String, String> added) {
        // why: a proxy of the machine's, or what its user has told a client, is no part of the test
        Map<String, String> environment = new HashMap<>(Map.of("HOME", home.toString(), "NO_PROXY", "*", "CI", "true"));
        environment.putAll(added);
        return environment;
    }

    private static Running started(List<String> command, Map<String, String> environment) {
        List<String> lines = new CopyOnWriteArrayList<>();
        return new Running(GuardedProcess.start(command, environment, GRACE, Optional.empty(), lines::add), lines);
    }
}
