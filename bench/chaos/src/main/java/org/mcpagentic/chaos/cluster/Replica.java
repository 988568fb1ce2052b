package org.mcpagentic.chaos.cluster;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mcpagentic.localredis.FreePort;
import org.mcpagentic.localredis.GuardedProcess;

/** One replica of custom-mcp-service, over all its incarnations: always on the same port, behind the same network. */
final class Replica implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(25);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Pattern WORKER = Pattern.compile("worker started worker=(\\S+)");

    private final int number;
    private final ReplicaPackage binaries;
    private final Map<String, String> environment;
    private final Path logFile;
    private final BufferedWriter log;
    private final int port = FreePort.any();
    private final ReentrantLock turn = new ReentrantLock();
    private volatile String worker = "";
    private @Nullable GuardedProcess process;

    Replica(int number, ReplicaPackage binaries, Map<String, String> environment, Path logs) throws IOException {
        this.number = number;
        this.binaries = binaries;
        this.environment = new HashMap<>(environment);
        this.environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        this.environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        this.environment.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false");
        this.logFile = logs.resolve("replica-" + number + ".log");
        this.log = Files.newBufferedWriter(logFile);
    }

    int number() {
        return number;
    }

    URI address(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** The name of the worker that runs now, or of the last one. */
    String worker() {
        return worker;
    }

    /** All lines so far. */
    List<String> lines() throws IOException {
        return Files.readAllLines(logFile);
    }

    /** Held while something is done to the replica, so that faults on one follow each other. */
    ReentrantLock turn() {
        return turn;
    }

    /** Starts it and returns at once. */
    void launch() {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                binaries.jar().toString());
        process = GuardedProcess.start(command, environment, Duration.ofSeconds(20), Optional.empty(), this::heard);
    }

    /** @throws IllegalStateException where it does not become ready */
    void awaitReady() throws InterruptedException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build()) {
            while (!isReady(client)) {
                if (!running().isAlive() || System.nanoTime() > end) {
                    throw new IllegalStateException("replica " + number + " did not start; see its log");
                }
                Thread.sleep(LOOK);
            }
        }
    }

    private boolean isReady(HttpClient client) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(address("/q/health/ready"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    void kill() {
        signal("KILL");
        running().exit().join();
    }

    /** SIGTERM, and SIGKILL where it does not end in time. */
    void terminate() {
        long begin = System.nanoTime();
        running().stop();
        if (System.nanoTime() - begin > STOP_LIMIT.toNanos()) {
            throw new IllegalStateException("replica " + number + " did not end");
        }
    }

    void pause() {
        signal("STOP");
    }

    void resume() {
        signal("CONT");
    }

    @Override
    public void close() throws IOException {
        if (process != null) {
            process.requestStop();
            process.exit().join();
        }
        log.close();
    }

    private GuardedProcess running() {
        if (process == null) {
            throw new IllegalStateException("replica " + number + " was never started");
        }
        return process;
    }

    private void heard(String line) {
        Matcher started = WORKER.matcher(line);
        if (started.find()) {
            worker = started.group(1);
        }
        synchronized (log) {
            try {
                log.write(line);
                log.newLine();
                log.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void signal(String name) {
        try {
            // why: the shell's own kill, since not every system has the program
            int exit = new ProcessBuilder(
                            "sh", "-c", "kill -" + name + " " + running().pid())
                    .inheritIO()
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("SIG" + name + " did not reach replica " + number);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
