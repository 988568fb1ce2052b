package org.mcpagentic.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mcpagentic.localredis.FreePort;
import org.mcpagentic.localredis.GuardedProcess;

/** A packaged service, as the launcher starts it. */
final class ServiceProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(1);

    private final GuardedProcess process;
    private final int port;

    private ServiceProcess(GuardedProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts a service and returns when it is ready. */
    static ServiceProcess start(String service, String heap, Map<String, String> environment) throws Exception {
        int port = FreePort.any();
        Map<String, String> all = new HashMap<>(environment);
        all.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        // why: access control may be off there only
        all.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        all.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-jar",
                Path.of(service, "target", "quarkus-app", "quarkus-run.jar")
                        .toAbsolutePath()
                        .toString());
        List<String> lines = new ArrayList<>();
        GuardedProcess process = GuardedProcess.start(command, all, Duration.ofSeconds(20), Optional.empty(), line -> {
            synchronized (lines) {
                lines.add(line);
            }
        });
        ServiceProcess started = new ServiceProcess(process, port);
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!started.isReady()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                process.stop();
                throw new IllegalStateException(service + " did not start:\n" + String.join("\n", lines));
            }
            Thread.sleep(100);
        }
        return started;
    }

    URI address(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    /** Resident memory, in bytes. Linux only. */
    long residentBytes() throws IOException {
        long pid = serviceProcess();
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }

    /** Time on a processor so far. */
    Duration processorTime() {
        return ProcessHandle.of(serviceProcess())
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow();
    }

    /** What the heap holds after a full collection, in bytes. */
    long liveHeapBytes() throws Exception {
        jcmd("GC.run");
        return jcmd("GC.heap_info")
                .lines()
                .filter(line -> line.contains(" total ") && line.contains(" used "))
                .mapToLong(line -> Long.parseLong(line.replaceAll(".* used (\\d+)K.*", "$1")) * 1024)
                .sum();
    }

    private String jcmd(String command) throws Exception {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(serviceProcess()),
                        command)
                .redirectErrorStream(true)
                .start();
        String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        jcmd.waitFor();
        return output;
    }

    /** The service itself: the guard's only child, or the guard where there is none. */
    private long serviceProcess() {
        return ProcessHandle.of(process.pid())
                .flatMap(guard -> guard.descendants()
                        .filter(handle -> handle.info().command().orElse("").endsWith("java"))
                        .findFirst())
                .map(ProcessHandle::pid)
                .orElse(process.pid());
    }

    private boolean isReady() throws InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                                    HttpRequest.newBuilder(address("/q/health/ready"))
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.stop();
    }
}
