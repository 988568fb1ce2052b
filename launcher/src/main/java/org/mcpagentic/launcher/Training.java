package org.mcpagentic.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.mcpagentic.access.token.Token;
import org.mcpagentic.localredis.FreePort;
import org.mcpagentic.localredis.GuardedProcess;
import org.mcpagentic.localredis.LocalRedis;

/**
 * Runs a packaged service once, with a Redis of its own and the offline rules for a model, and lets the JVM note what that took in an
 * <a href="https://openjdk.org/jeps/514">AOT cache</a>. The cache serves the same JDK, with the same files in the same place, only.
 */
public final class Training {
    private static final String CACHE = "app.aot";
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    /** The JVM writes the cache while it ends. */
    private static final Duration END_LIMIT = Duration.ofMinutes(3);

    private static final int ROUNDS = 5;
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private final int port;
    private final Token key;

    private Training(int port, Token key) {
        this.port = port;
        this.key = key;
    }

    /**
     * Makes {@code app.aot} beside a service's {@code quarkus-run.jar}.
     *
     * @param arguments the folder of the jar, then the options that the JVM will be started with
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            System.err.println("usage: Training FOLDER [OPTION ...]");
            System.exit(2);
        }
        Path folder = Path.of(arguments[0]).toAbsolutePath().normalize();
        Path cache = folder.resolve(CACHE);
        Files.deleteIfExists(cache);
        giveOneTime(folder);
        train(folder, cache, List.of(arguments).subList(1, arguments.length));
        System.out.printf("%s has %,d bytes%n", cache, Files.size(cache));
    }

    /** The cache names the times of its jars. This is one that no tool has a reason to change, and that an image's cached layers have too. */
    private static void giveOneTime(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2000-01-01T00:00:00Z")));
            }
        }
    }

    private static void train(Path folder, Path cache, List<String> options) throws Exception {
        int port = FreePort.any();
        Token key = Token.random(Token.Kind.KEY, 0);
        List<String> lines = new CopyOnWriteArrayList<>();
        try (LocalRedis redis = LocalRedis.start()) {
            GuardedProcess service = GuardedProcess.start(
                    command(folder, cache, options),
                    environment(redis.url(), port, key),
                    END_LIMIT,
                    Optional.empty(),
                    lines::add);
            try {
                new Training(port, key).work(service);
            } finally {
                service.stop();
            }
        } finally {
            if (!Files.exists(cache)) {
                lines.forEach(System.err::println);
            }
        }
    }

    private static List<String> command(Path folder, Path cache, List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:AOTCacheOutput=" + cache);
        command.addAll(options);
        command.add("-jar");
        command.add(folder.resolve("quarkus-run.jar").toString());
        return command;
    }

    private static Map<String, String> environment(String redis, int port, Token key) {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("REDIS_URL", redis);
        environment.put("ACCESS_SECRET", Base64.getEncoder().encodeToString(secret));
        environment.put("ACCESS_FIRST_KEY", key.text());
        environment.put("MODEL", "offline");
        return environment;
    }

    /** Asks what every service answers, and what one or the other does: the rest say 404, which is work too. */
    private void work(GuardedProcess service) throws IOException, InterruptedException {
        awaitReady(service);
        for (int round = 0; round < ROUNDS; round++) {
            for (String path : List.of("/", "/stats", "/q/health", "/q/metrics", "/q/openapi", "/task", "/tool")) {
                send(request(path).GET());
            }
            String input = "{\"input\": \"What is 6 * 7?\", \"tools\": [\"calculator\"]}";
            Optional<String> task = send(request("/task").POST(BodyPublishers.ofString(input)))
                    .headers()
                    .firstValue("Location");
            if (task.isPresent()) {
                // why resolved: links are relative, since the services know nothing of a proxy's prefix
                String path = URI.create("/task").resolve(task.get()).getPath();
                send(request(path + "/run").POST(BodyPublishers.noBody()));
                send(request(path + "/events").GET());
            }
            send(request("/ask").POST(BodyPublishers.ofString("{\"query\": \"What is 6 * 7?\"}")));
        }
    }

    private void awaitReady(GuardedProcess service) throws InterruptedException {
        Stopwatch sinceStart = Stopwatch.start();
        while (Loopback.get(port, "/q/health/ready").isEmpty()) {
            if (!service.isAlive() || sinceStart.elapsed().compareTo(START_LIMIT) > 0) {
                throw new IllegalStateException("the service did not get ready");
            }
            Thread.sleep(100);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + key.text())
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(30));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}
