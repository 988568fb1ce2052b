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
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The internal Redis with a password, started on this machine by the very command line of its pod. */
class RedisPasswordTest {

    private static final String PASSWORD = "0123456789abcdef";
    private static final String OPERATOR_PASSWORD = "fedcba9876543210";
    private static final Pattern REFERENCE = Pattern.compile("\\$\\$|\\$\\(([A-Z_]+)\\)");
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

    @Test
    void anOperatorLooksAtEverythingAndChangesSettingsButNoData() throws Exception {
        Process redis = start(Map.of("REDIS_PASSWORD", PASSWORD, "REDIS_OPERATOR_PASSWORD", OPERATOR_PASSWORD));

        asked("--user", "mcp", "--pass", PASSWORD, "set", "mcp:a", "1");

        assertThat(askedByOperator("config", "set", "maxmemory", "768mb")).isEqualTo("OK");
        assertThat(askedByOperator("config", "get", "maxmemory")).contains("805306368");
        assertThat(askedByOperator("info", "errorstats")).startsWith("# Errorstats");
        assertThat(askedByOperator("info", "persistence")).contains("aof_enabled:1");
        assertThat(askedByOperator("bgrewriteaof")).startsWith("Background append only file rewriting");
        assertThat(askedByOperator("--scan", "--pattern", "mcp:*")).isEqualTo("mcp:a");
        assertThat(askedByOperator("--bigkeys")).contains("Biggest string found '\"mcp:a\"'");
        assertThat(askedByOperator("--rdb", folder.resolve("copy.rdb").toString()))
                .contains("SYNC sent to master");
        assertThat(folder.resolve("copy.rdb")).isNotEmptyFile();
        for (var look : List.of("acl log 10", "slowlog get 10", "info commandstats", "info clients", "info memory")) {
            assertThat(askedByOperator(look.split(" "))).as(look).doesNotContain("NOPERM", "NOAUTH");
        }
        assertThat(askedByOperator("set", "mcp:a", "2")).startsWith("NOPERM");
        assertThat(askedByOperator("flushall")).startsWith("NOPERM");
        assertThat(askedByOperator("acl", "setuser", "operator", "+@all")).startsWith("NOPERM");
        stop(redis);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withoutAPasswordOfTheirsNobodyIsTheOperator(boolean empty) throws Exception {
        Process redis = start(
                empty
                        ? Map.of("REDIS_PASSWORD", PASSWORD, "REDIS_OPERATOR_PASSWORD", "")
                        : Map.of("REDIS_PASSWORD", PASSWORD));

        for (var guess : List.of("$(REDIS_OPERATOR_PASSWORD)", "$$(REDIS_OPERATOR_PASSWORD)", "", PASSWORD)) {
            assertThat(asked("auth", "operator", guess)).as(guess).contains("WRONGPASS");
        }
        stop(redis);
    }

    private String askedByOperator(String... words) throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of("--user", "operator", "--pass", OPERATOR_PASSWORD));
        all.addAll(List.of(words));
        return asked(all.toArray(String[]::new));
    }

    private Process start() throws IOException, InterruptedException {
        return start(Map.of("REDIS_PASSWORD", PASSWORD));
    }

    /** Starts Redis with those variables, and waits until its pod's startup probe is content. */
    private Process start(Map<String, String> environment) throws IOException, InterruptedException {
        String configuration = Manifest.find(manifests, "ConfigMap", "mcp-agentic-redis")
                .at("/data/redis.conf")
                .asText()
                .replaceFirst("(?m)^bind .*$", "bind 127.0.0.1")
                .replaceFirst("(?m)^port .*$", "port " + port)
                .replaceFirst("(?m)^dir .*$", "dir " + folder);
        Path file = Files.writeString(folder.resolve("redis.conf"), configuration);
        List<String> command = texts(container().path("command"))
                .map(word -> word.equals("/etc/redis/redis.conf") ? file.toString() : word)
                .map(word -> expanded(word, environment))
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

    /** A word of a command as Kubernetes passes it on: what is not known stays as it is, and {@code $$} is one {@code $}. */
    private static String expanded(String word, Map<String, String> environment) {
        return REFERENCE
                .matcher(word)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1) == null ? "$" : environment.getOrDefault(found.group(1), found.group())));
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
