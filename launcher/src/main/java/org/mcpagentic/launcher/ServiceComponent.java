package org.mcpagentic.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mcpagentic.localredis.GuardedProcess;

/** One replica of a service: a jar, in a JVM of the kind that the launcher runs on, or an executable. */
final class ServiceComponent implements Component {
    private static final Duration GRACE = Duration.ofSeconds(15);

    private final String name;
    private final Path program;
    private final int port;
    private final Map<String, String> environment;
    private final Consumer<String> output;
    private @Nullable GuardedProcess process;
    private volatile boolean served;
    private volatile boolean stopping;

    /** A replica that will listen on the port and gets the environment on top of the launcher's own. */
    ServiceComponent(String name, Path program, int port, Map<String, String> environment, Consumer<String> output) {
        this.name = name;
        this.program = program;
        this.port = port;
        this.environment = new HashMap<>(environment);
        this.environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        this.environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        this.environment.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false");
        this.environment.put("QUARKUS_BANNER_ENABLED", "false");
        this.output = output;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void launch() {
        served = false;
        process = GuardedProcess.start(command(), environment, GRACE, Optional.empty(), this::said);
    }

    private List<String> command() {
        if (!program.toString().endsWith(".jar")) {
            return List.of(program.toString(), "-Xmx256m");
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8",
                "-jar",
                program.toString());
    }

    private void said(String line) {
        // why: a service that is stopped in the midst of its start says nothing but how that broke off
        if (served || !stopping) {
            output.accept(line);
        }
    }

    @Override
    public long pid() {
        return started().pid();
    }

    @Override
    public CompletableFuture<Integer> exit() {
        return started().exit();
    }

    @Override
    public boolean isReady() {
        if (Loopback.get(port, "/q/health/ready").isEmpty()) {
            return false;
        }
        served = true;
        return true;
    }

    @Override
    public void requestStop() {
        stopping = true;
        if (process != null) {
            process.requestStop();
        }
    }

    @Override
    public void stop() {
        if (process != null) {
            process.stop();
        }
    }

    private GuardedProcess started() {
        if (process == null) {
            throw new IllegalStateException(name + " was not launched");
        }
        return process;
    }
}
