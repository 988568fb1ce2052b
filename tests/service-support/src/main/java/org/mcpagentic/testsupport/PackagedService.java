package org.mcpagentic.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.mcpagentic.localredis.FreePort;
import org.mcpagentic.localredis.GuardedProcess;

/**
 * A service as it is packaged, in a process of its own on the loopback interface. It ends with this JVM, however that
 * ends. For use by one thread at a time.
 */
public final class PackagedService implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    /** What is set around the tests and must not reach the service. */
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
            "QUARKUS_PROFILE",
            "REDIS_URL");

    private final Path program;
    private final Map<String, String> environment;
    private final int port;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private GuardedProcess process;

    private PackagedService(Path program, Map<String, String> environment) {
        this.program = program;
        this.environment = new HashMap<>(environment);
        this.port = Optional.ofNullable(environment.get("QUARKUS_HTTP_PORT"))
                .map(Integer::parseInt)
                .orElseGet(FreePort::any);
        this.environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        this.environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        this.environment.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false");
        this.process = launched();
    }

    /**
     * Starts a service and returns at once: its jar, or, with the system property {@code service.native} set to true, its executable.
     *
     * @param module the module's folder
     * @param environment the service's settings; without {@code QUARKUS_HTTP_PORT} it listens on a free port
     * @throws IllegalStateException where the module was not packaged
     */
    public static PackagedService launch(Path module, Map<String, String> environment) {
        Path target = module.resolve("target").toAbsolutePath().normalize();
        Path program = Boolean.getBoolean("service.native")
                ? executable(target)
                : target.resolve("quarkus-app").resolve("quarkus-run.jar");
        if (!Files.exists(program)) {
            throw new IllegalStateException("there is no " + program + "; package the module first");
        }
        return new PackagedService(program, environment);
    }

    /** The executable, whose name carries the version. */
    private static Path executable(Path target) {
        Path none = target.resolve("*-runner");
        if (!Files.isDirectory(target)) {
            return none;
        }
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.toString().endsWith("-runner"))
                    .findFirst()
                    .orElse(none);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a service and returns when it is ready. */
    public static PackagedService start(Path module, Map<String, String> environment) {
        return launch(module, environment).awaitReady();
    }

    /** Returns when the service is ready, which it has to be within two minutes. */
    public PackagedService awaitReady() {
        try {
            Until.holds("the service is ready", START_LIMIT, () -> !process.isAlive() || isReady());
        } catch (AssertionError failure) {
            close();
            throw new AssertionError(transcript(), failure);
        }
        if (!process.isAlive()) {
            throw new AssertionError("the service ended:\n" + transcript());
        }
        return this;
    }

    public int port() {
        return port;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends the service by SIGKILL, as a crash would. */
    public void kill() {
        process.kill();
    }

    /** Starts it again on the same port; returns when it is ready. */
    public void restart() {
        process.stop();
        process = launched();
        awaitReady();
    }

    /** Every line that it has written, over all its starts. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    private String transcript() {
        return String.join("\n", lines);
    }

    /** Ends the service in order. Without effect where it has ended. */
    @Override
    public void close() {
        process.stop();
    }

    private GuardedProcess launched() {
        List<String> command = new ArrayList<>(List.of("env"));
        FOREIGN.stream().filter(name -> !environment.containsKey(name)).forEach(name -> {
            command.add("-u");
            command.add(name);
        });
        if (program.toString().endsWith(".jar")) {
            command.addAll(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-jar",
                    program.toString()));
        } else {
            command.addAll(List.of(program.toString(), "-Xmx256m"));
        }
        return GuardedProcess.start(command, environment, GRACE, Optional.empty(), lines::add);
    }

    private boolean isReady() {
        HttpRequest question = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return CLIENT.send(question, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
