package org.mcpagentic.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
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

/** One replica of a service, in a JVM of the kind that the launcher runs on. */
final class ServiceComponent implements Component {
    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(1);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(ANSWER_LIMIT)
            .build();

    private final String name;
    private final Path jar;
    private final int port;
    private final Map<String, String> environment;
    private final Consumer<String> output;
    private @Nullable GuardedProcess process;

    /** A replica that will listen on the port and gets the environment on top of the launcher's own. */
    ServiceComponent(String name, Path jar, int port, Map<String, String> environment, Consumer<String> output) {
        this.name = name;
        this.jar = jar;
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
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = List.of(
                java,
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8",
                "-jar",
                jar.toString());
        process = GuardedProcess.start(command, environment, GRACE, Optional.empty(), output);
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
        HttpRequest question = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready"))
                .timeout(ANSWER_LIMIT)
                .build();
        try {
            return HTTP.send(question, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void requestStop() {
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
