package org.mcpagentic.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mcpagentic.access.token.Token;
import org.mcpagentic.localredis.FreePort;
import org.mcpagentic.localredis.GuardedProcess;

/**
 * Everything that {@code make run} starts, on free ports. It ends with this JVM, however that ends; closing it asserts
 * that it ended well: nothing is left of it, and nothing in its lines is an error.
 */
final class RunningSystem implements AutoCloseable {
    static final Path CHECKOUT = Path.of("..", "..").toAbsolutePath().normalize();

    /** The API key of everybody here, with all rights. */
    static final Token FIRST_KEY = Token.random(Token.Kind.KEY, 0);

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_LIMIT = Duration.ofMinutes(1);
    private static final Pattern READY =
            Pattern.compile("launcher.*s {2}(\\S+) is ready after .* \\(process (\\d+)\\)");
    private static final Pattern OFFENCE =
            Pattern.compile("\\b(?:ERROR|FATAL)\\b|\\| +at [\\w.$/]+\\(|Caused by: |Exception in thread");

    private static final List<String> FOREIGN = List.of(
            "MODEL",
            "GEMINI_API_KEY",
            "GEMINI_BASE_URL",
            "OPENAI_API_KEY",
            "OPENAI_BASE_URL",
            "OPENAI_MODEL",
            "ACCESS_ENABLED",
            "ACCESS_SECRET",
            "ACCESS_FIRST_KEY",
            "STORE_ENCRYPTION_KEYS",
            "REDIS_URL",
            "REDIS_PORT");

    private final GuardedProcess launcher;
    private final List<String> lines;
    private final List<Integer> customPorts;
    private final int publicPort;
    private final int dashboardPort;
    private List<ProcessHandle> family = List.of();
    private boolean judged;

    private RunningSystem(GuardedProcess launcher, List<String> lines, Ports ports) {
        this.launcher = launcher;
        this.lines = lines;
        this.customPorts = ports.custom();
        this.publicPort = ports.questions();
        this.dashboardPort = ports.dashboard();
    }

    private record Ports(List<Integer> custom, int questions, int dashboard) {
        static Ports free(int customReplicas) {
            List<Integer> custom = IntStream.range(0, customReplicas)
                    .mapToObj(replica -> FreePort.any())
                    .toList();
            return new Ports(custom, FreePort.any(), FreePort.any());
        }

        Map<String, String> environment() {
            return Map.of(
                    "CUSTOM_PORT", custom.stream().map(String::valueOf).collect(Collectors.joining(",")),
                    "PUBLIC_PORT", Integer.toString(questions),
                    "DASHBOARD_PORT", Integer.toString(dashboard));
        }
    }

    /** Starts one replica of each service and returns when all are ready. */
    static RunningSystem start(Path data, Map<String, String> environment) {
        return start(data, 1, environment);
    }

    static RunningSystem start(Path data, int customReplicas, Map<String, String> environment) {
        Ports ports = Ports.free(customReplicas);
        List<String> lines = new CopyOnWriteArrayList<>();
        RunningSystem system = new RunningSystem(launch(data, ports.environment(), environment, lines), lines, ports);
        long began = System.nanoTime();
        try {
            Eventually.holds(
                    START_LIMIT,
                    "all services are ready",
                    () -> system.hasSaid("Ctrl-C stops everything") || !system.launcher.isAlive());
            assertThat(system.hasSaid("Ctrl-C stops everything"))
                    .as(system.transcript())
                    .isTrue();
        } catch (AssertionError failure) {
            system.launcher.stop();
            throw failure;
        }
        Figures.print("start of all services", Duration.ofNanos(System.nanoTime() - began));
        system.rememberFamily();
        return system;
    }

    /** What a launcher says that must not start, since a port is taken: its exit code, then its lines. */
    static String linesOfARefusedStart(Path data, int occupiedPort) {
        Ports ports = new Ports(List.of(occupiedPort), FreePort.any(), FreePort.any());
        List<String> lines = new CopyOnWriteArrayList<>();
        GuardedProcess launcher = launch(data, ports.environment(), Map.of(), lines);
        try {
            return "exit code " + launcher.exit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS) + "\n"
                    + String.join("\n", lines);
        } catch (Exception e) {
            throw new AssertionError("the launcher did not end: " + lines, e);
        } finally {
            launcher.stop();
        }
    }

    private static GuardedProcess launch(
            Path data, Map<String, String> ports, Map<String, String> environment, List<String> lines) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(ports);
        all.put("DATA_DIR", data.toString());
        all.putIfAbsent("ACCESS_FIRST_KEY", FIRST_KEY.text());
        // why env: what is set around the tests must not reach the system, and a shell's background jobs ignore SIGINT
        // why setsid: a process group of its own, which a Ctrl-C can be sent to as a terminal does
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
        FOREIGN.stream().filter(name -> !all.containsKey(name)).forEach(name -> command.addAll(List.of("-u", name)));
        command.addAll(List.of(
                "setsid",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                // why handed on: the whole test may be run against executables
                "-Dservice.native=" + Boolean.getBoolean("service.native"),
                "-jar",
                CHECKOUT.resolve("launcher/target/launcher.jar").toString(),
                CHECKOUT.toString()));
        return GuardedProcess.start(command, all, Duration.ofSeconds(45), Optional.empty(), lines::add);
    }

    /** The custom service's first replica. */
    Rest custom() {
        return new Rest(customPorts.getFirst());
    }

    /** One of the custom service's replicas. */
    Rest custom(int replica) {
        return new Rest(customPorts.get(replica));
    }

    Rest questions() {
        return new Rest(publicPort);
    }

    int customPort() {
        return customPorts.getFirst();
    }

    int publicPort() {
        return publicPort;
    }

    int dashboardPort() {
        return dashboardPort;
    }

    /** Sends a signal to a replica. */
    void signalCustom(int replica, String name) {
        List<Long> ids = processIds("custom-mcp-service:" + customPorts.get(replica));
        assertThat(ids).as(transcript()).isNotEmpty();
        signal(name, Long.toString(ids.getLast()));
    }

    /** How often a replica has said that it is ready. */
    int starts(int replica) {
        return processIds("custom-mcp-service:" + customPorts.get(replica)).size();
    }

    /** SIGTERM to the launcher; returns when it has ended well. */
    void stop() {
        signal("TERM", Long.toString(launcher.pid()));
        assertEndedWell();
    }

    /** What Ctrl-C sends: SIGINT to the whole process group. */
    void interrupt() {
        signal("INT", "-" + launcher.pid());
        assertEndedWell();
    }

    /** Ends everything by SIGKILL, as a machine that is lost does; returns when nothing of it runs. What it said is not judged. */
    void lose() {
        judged = true;
        rememberFamily();
        family.forEach(ProcessHandle::destroyForcibly);
        Eventually.holds(STOP_LIMIT, "nothing of it runs", () -> family.stream().noneMatch(ProcessHandle::isAlive));
        launcher.stop();
        keepTranscript();
    }

    /** Ends what runs still; asserts also of one that ended by itself that it ended well. */
    @Override
    public void close() {
        if (launcher.isAlive()) {
            stop();
        } else if (!judged) {
            assertEndedWell();
        }
    }

    private void assertEndedWell() {
        judged = true;
        rememberFamily();
        long began = System.nanoTime();
        try {
            assertThat(launcher.exit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .as(transcript())
                    .isZero();
        } catch (TimeoutException e) {
            throw new AssertionError("the launcher did not end:\n" + transcript(), e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            launcher.stop();
            keepTranscript();
        }
        Figures.print("stop of all services", Duration.ofNanos(System.nanoTime() - began));
        assertThat(family).hasSizeGreaterThan(4).noneMatch(ProcessHandle::isAlive);
        assertThat(lines)
                .filteredOn(line -> OFFENCE.matcher(line).find())
                .as("lines that tell of errors")
                .isEmpty();
    }

    private void rememberFamily() {
        List<ProcessHandle> known = new ArrayList<>(family);
        ProcessHandle.of(launcher.pid()).ifPresent(root -> {
            known.add(root);
            root.descendants().forEach(known::add);
        });
        family = known;
    }

    private List<Long> processIds(String name) {
        return lines.stream()
                .map(READY::matcher)
                .filter(Matcher::find)
                .filter(ready -> ready.group(1).equals(name))
                .map(ready -> Long.valueOf(ready.group(2)))
                .toList();
    }

    boolean hasSaid(String text) {
        return lines.stream().anyMatch(line -> line.contains(text));
    }

    private void keepTranscript() {
        try {
            Files.write(Path.of("target", "launcher-" + launcher.pid() + ".log"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String transcript() {
        return String.join("\n", lines);
    }

    private static void signal(String name, String target) {
        try {
            // why: the shell's own kill, since not every system has the program
            new ProcessBuilder("sh", "-c", "kill -" + name + " " + target)
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (Exception e) {
            throw new IllegalStateException("cannot send SIG" + name, e);
        }
    }
}
