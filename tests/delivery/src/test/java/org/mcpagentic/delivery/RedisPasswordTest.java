package org.mcpagentic.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The internal Redis with a password, started on this machine by the very command line of its pod. */
class RedisPasswordTest {

    private static final String PASSWORD = "0123456789abcdef";
    private static final Duration START_LIMIT = Duration.ofSeconds(20);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private List<Manifest> manifests;

    private int port;

    @BeforeEach
    void render() throws IOException {
        assumeTrue(
                isOnPath("redis-server") && isOnPath("redis-cli"),
                "there is no redis-server on the PATH: nothing was checked");
        manifests = Chart.render(Files.writeString(
                folder.resolve("values.yaml"), "redis: {internal: {existingSecret: redis-password}}"));
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
    }

    @Test
    void whatTransactionsWroteIsBackAfterARestart() throws Exception {
        Process before = start();
        asked(
                "--user",
                "mcp",
                "--pass",
                PASSWORD,
                "eval",
                "redis.call('set','mcp:a',1) redis.call('set','mcp:b',2)",
                "0");
        stop(before);

        Process after = start();

        assertThat(asked("--user", "mcp", "--pass", PASSWORD, "get", "mcp:a")).isEqualTo("1");
        assertThat(asked("--user", "mcp", "--pass", PASSWORD, "get", "mcp:b")).isEqualTo("2");
        stop(after);
    }

    @Test
    void whoDoesNotKnowThePasswordMayOnlyPing() throws Exception {
        Process redis = start();

        assertThat(asked("get", "mcp:a")).startsWith("NOAUTH");
        assertThat(asked("--user", "default", "--pass", "", "get", "mcp:a")).contains("NOAUTH");
        assertThat(asked("--user", "mcp", "--pass", "another", "get", "mcp:a")).contains("WRONGPASS");
        assertThat(asked("--user", "probe", "--pass", "any", "get", "mcp:a")).startsWith("NOPERM");
        assertThat(asked("--user", "mcp", "--pass", PASSWORD, "config", "get", "dir"))
                .startsWith("NOPERM");
        stop(redis);
    }

    /** Starts Redis, and waits until its pod's startup probe is content. */
    private Process start() throws IOException, InterruptedException {
        String configuration = Manifest.find(manifests, "ConfigMap", "mcp-agentic-redis")
                .at("/data/redis.conf")
                .asText()
                .replaceFirst("(?m)^bind .*$", "bind 127.0.0.1")
                .replaceFirst("(?m)^port .*$", "port " + port)
                .replaceFirst("(?m)^dir .*$", "dir " + folder);
        Path file = Files.writeString(folder.resolve("redis.conf"), configuration);
        List<String> command = texts(container().path("command"))
                .map(word -> word.equals("/etc/redis/redis.conf") ? file.toString() : word)
                .map(word -> word.replace("$(REDIS_PASSWORD)", PASSWORD))
                .toList();
        Process redis = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("redis.log").toFile())
                .start();
        long limit = System.nanoTime() + START_LIMIT.toNanos();
        while (!asked(probe()).equals("PONG")) {
            assertThat(redis.isAlive() && System.nanoTime() < limit)
                    .as(() -> read(folder.resolve("redis.log")))
                    .isTrue();
        }
        return redis;
    }

    private static void stop(Process redis) throws InterruptedException {
        redis.destroy();
        assertThat(redis.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    private String[] probe() {
        return texts(container().at("/startupProbe/exec/command")).skip(1).toArray(String[]::new);
    }

    private JsonNode container() {
        return Manifest.find(manifests, "StatefulSet", "mcp-agentic-redis")
                .podSpec()
                .at("/containers/0");
    }

    /** What redis-cli prints. */
    private String asked(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("redis-cli", "-p", String.valueOf(port), "--no-auth-warning"));
        command.addAll(List.of(words));
        Process client = new ProcessBuilder(command).redirectErrorStream(true).start();
        String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        client.waitFor();
        return answer.strip();
    }

    private static Stream<String> texts(JsonNode array) {
        return Manifest.each(array).map(JsonNode::asText);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return String.valueOf(e);
        }
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
