package org.mcpagentic.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mcpagentic.localredis.LocalRedis;
import org.mcpagentic.stubmodel.Call;
import org.mcpagentic.stubmodel.Reply;
import org.mcpagentic.stubmodel.StubModel;

/** Redis is backed up under load, lost with its disk, and restored: {@code make drill}. */
class DisasterDrillTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Long enough to be still away when the system stands again, short enough to be waited for. */
    private static final Duration LATER = Duration.ofSeconds(45);

    /** How long a model thinks about what fills all slots: longer than the snapshot takes. */
    private static final Duration THOUGHT = Duration.ofSeconds(30);

    private static final String GEMINI = "gemini-3.8-flash";
    private static final String SLOW = "gemini-3.5-flash-lite";

    private final String secret = freshSecret();

    @Test
    void allThatWasBackedUpUnderLoadIsThereAfterTheDiskWasLost(@TempDir Path folder) throws Exception {
        Stream.of("redis-server", "redis-cli", "redis-check-rdb", "redis-check-aof")
                .forEach(tool -> assumeTrue(isOnPath(tool), "no " + tool + ": scripts/need-redis-tools gets it"));
        Path disk = folder.resolve("redis");
        try (StubModel provider = provider();
                LocalRedis redis =
                        LocalRedis.builder().installedFirst().dataFolder(disk).start()) {
            Household before;
            BackupUnderLoad backup;
            String afterwards;
            try (RunningSystem system = start(folder.resolve("first"), redis, provider, "2")) {
                before = Household.settledIn(system.custom());
                backup = BackupUnderLoad.of(system.custom(), redis, folder.resolve("backups"));
                before.regret(system.custom());
                afterwards = system.custom().create("after the snapshot");
                system.lose();
            }

            redis.kill();
            wipe(disk);
            long lost = System.nanoTime();
            String restored =
                    run(Map.of(), "scripts/restore-redis", backup.snapshot().toString(), disk.toString());
            Instant between = Instant.now();
            redis.restart();

            System.out.print("drill: " + restored);
            try (RunningSystem system = start(folder.resolve("second"), redis, provider, "16")) {
                Figures.print("from the empty disk to all services ready", Duration.ofNanos(System.nanoTime() - lost));
                assertThat(system.custom().answerOf("task/" + afterwards).status())
                        .as("what came after the snapshot, as the how-to warns")
                        .isEqualTo(404);
                before.isAsItWas(system.custom());
                backup.wentOnToItsEnd(system.custom(), between);
                before.countersAgree(system.custom());
                Eventually.holds(PATIENCE, "the audit trail is sealed and whole", () -> verified(redis));
                // why not closed in order: that wants a log without errors, and tells of a machine that was busy with
                // other things
                system.lose();
            }
        }
    }

    /** What a person has put there: tasks of every status that lasts, keys, an approval, memory. */
    private record Household(
            Map<String, JsonNode> tasks,
            JsonNode stats,
            String key,
            String revoked,
            String revokedLater,
            String revokedLaterId) {

        static Household settledIn(Rest custom) {
            String created = custom.create("never run", "calculator");
            String succeeded = custom.create(Work.EXAMPLE, Work.ALL_TOOLS);
            custom.enqueue(succeeded);
            String failed = id(custom.post("task", "{\"input\": \"too late\", \"timeout\": 0.001}"));
            custom.enqueue(failed);
            String cancelled = custom.create("unwanted");
            assertThat(custom.post("task/" + cancelled + "/cancel", "").status())
                    .isEqualTo(200);
            String waiting = asked(custom, "forget the plan", "memory_delete");
            // why before the next: all calls of a model wait that asks to be left alone
            becomes(custom, waiting, "waiting");
            String retrying = asked(custom, "come back later");
            Map<String, String> wanted = Map.of(
                    created, "created",
                    succeeded, "succeeded",
                    failed, "failed",
                    cancelled, "cancelled",
                    waiting, "waiting",
                    retrying, "retrying");
            wanted.forEach((task, status) -> becomes(custom, task, status));
            assertThat(custom.post("tool/memory_put/call", "{\"arguments\": {\"key\": \"plan\", \"value\": \"B\"}}")
                            .status())
                    .isEqualTo(200);
            JsonNode revoked = newKey(custom);
            JsonNode revokedLater = newKey(custom);
            revoke(custom, revoked.get("key_id").asText());
            return new Household(
                    wanted.keySet().stream().collect(Collectors.toMap(task -> task, custom::task)),
                    custom.stats(),
                    newKey(custom).get("token").asText(),
                    revoked.get("token").asText(),
                    revokedLater.get("token").asText(),
                    revokedLater.get("key_id").asText());
        }

        /** What is done after the backup, and is undone by putting it back. */
        void regret(Rest custom) {
            revoke(custom, revokedLaterId);
            Eventually.holds(PATIENCE, "the key is refused", () -> statusWith(custom, revokedLater) == 401);
        }

        void isAsItWas(Rest custom) {
            tasks.values().stream()
                    .filter(task -> !isOf(task, "retrying"))
                    .forEach(task -> assertThat(custom.task(idOf(task))).isEqualTo(task));
            assertThat(statusWith(custom, key)).as("a key").isEqualTo(200);
            assertThat(statusWith(custom, revoked)).as("a revoked key").isEqualTo(401);
            assertThat(statusWith(custom, revokedLater))
                    .as("a key that was revoked after the backup, as the how-to warns")
                    .isEqualTo(200);
            assertThat(custom.post("tool/memory_get/call", "{\"arguments\": {\"key\": \"plan\"}}")
                            .json(200)
                            .get("result")
                            .asText())
                    .contains("B");
            assertThat(custom.stats().get("session_start_time"))
                    .as("since when is counted")
                    .isEqualTo(stats.get("session_start_time"));
            JsonNode approval =
                    custom.get("approval?status=pending").get("items").get(0);
            assertThat(approval.get("task_id").asText()).isEqualTo(idOf(one("waiting")));
            assertThat(custom.post(
                                    "approval/" + approval.get("approval_id").asText() + "/decision",
                                    "{\"decision\": \"approve\", \"digest\": %s}".formatted(approval.get("digest")))
                            .status())
                    .isEqualTo(200);
            Stream.of("waiting", "retrying")
                    .map(this::one)
                    .forEach(task -> Eventually.holds(
                            PATIENCE,
                            "what was " + task.get("status") + " succeeds",
                            () -> isOf(custom.task(idOf(task)), "succeeded")));
        }

        /** Everything ended by now but what was never run: each end is counted once. */
        void countersAgree(Rest custom) {
            List<JsonNode> all = all(custom);
            JsonNode counted = custom.stats();
            assertThat(counted.get("successful_queries").asLong())
                    .isEqualTo(
                            all.stream().filter(task -> isOf(task, "succeeded")).count());
            assertThat(counted.get("failed_queries").asLong())
                    .isEqualTo(all.stream().filter(task -> isOf(task, "failed")).count());
            assertThat(counted.get("queries_processed").asLong())
                    .isEqualTo(counted.get("successful_queries").asLong()
                            + counted.get("failed_queries").asLong());
            assertThat(counted.get("tool_calls").asLong())
                    .isEqualTo(all.stream()
                            .mapToLong(task -> task.at("/usage/tool_calls").asLong())
                            .sum());
            counted.get("tasks")
                    .properties()
                    .forEach(status -> assertThat(status.getValue().asLong())
                            .as(status.getKey())
                            .isEqualTo(all.stream()
                                    .filter(task -> isOf(task, status.getKey()))
                                    .count()));
        }

        private JsonNode one(String status) {
            return tasks.values().stream()
                    .filter(task -> isOf(task, status))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /**
     * A snapshot that was taken while tasks came in and were worked on.
     *
     * @param promised the tasks whose run was acknowledged before it began
     * @param meanwhile those that came while it was taken
     */
    private record BackupUnderLoad(Path snapshot, List<String> promised, List<String> meanwhile) {

        static BackupUnderLoad of(Rest custom, LocalRedis redis, Path folder) throws Exception {
            // why: a machine that is fast would have nothing left to do in the snapshot
            List<String> running =
                    List.of(asked(SLOW, custom, "take your time"), asked(SLOW, custom, "take your time, too"));
            running.forEach(task -> becomes(custom, task, "running"));
            List<String> acknowledged = new CopyOnWriteArrayList<>(running);
            AtomicBoolean enough = new AtomicBoolean();
            try (ExecutorService background = Executors.newSingleThreadExecutor()) {
                Future<?> load = background.submit(() -> {
                    while (!enough.get()) {
                        acknowledged.addAll(Work.queue(2, custom));
                        TimeUnit.MILLISECONDS.sleep(50);
                    }
                    return null;
                });
                try {
                    Eventually.holds(PATIENCE, "work has piled up", () -> acknowledged.size() > 30);
                    List<String> promised = List.copyOf(acknowledged);
                    String told = run(Map.of("REDIS_URL", redis.url()), "scripts/backup-redis", folder.toString());
                    TimeUnit.MILLISECONDS.sleep(200);
                    List<String> all = List.copyOf(acknowledged);
                    return new BackupUnderLoad(
                            Path.of(told.strip()), promised, all.subList(promised.size(), all.size()));
                } finally {
                    enough.set(true);
                    load.get();
                }
            }
        }

        void wentOnToItsEnd(Rest custom, Instant restored) {
            List<String> known = Stream.concat(
                            promised.stream(),
                            meanwhile.stream()
                                    .filter(task ->
                                            custom.answerOf("task/" + task).status() == 200))
                    .toList();
            assertThat(meanwhile)
                    .as("tasks that came while the snapshot was taken")
                    .isNotEmpty();
            System.out.printf(
                    "drill: %d tasks were promised before the snapshot; of %d after its begin it has %d%n",
                    promised.size(), meanwhile.size(), known.size() - promised.size());
            Eventually.holds(
                    PATIENCE,
                    "all tasks that were queued end",
                    () -> Work.read(custom, known).stream()
                            .allMatch(task -> Work.isFinal(task) || isOf(task, "created")));
            List<JsonNode> tasks = Work.read(custom, known);
            assertThat(tasks.subList(0, promised.size())).allMatch(task -> isOf(task, "succeeded"));
            assertThat(tasks)
                    .filteredOn(task -> isOf(task, "succeeded"))
                    .filteredOn(task ->
                            Instant.parse(task.get("finished_at").asText()).isAfter(restored))
                    .as("tasks that were unfinished in the snapshot")
                    .isNotEmpty();
            assertThat(tasks)
                    .filteredOn(task -> task.path("losses").size() > 0
                            || task.get("attempt").asInt() > 1)
                    .as("tasks that were running in the snapshot, of a worker that is no more")
                    .isNotEmpty();
        }
    }

    private static StubModel provider() {
        StubModel provider = StubModel.start();
        provider.when("forget the plan")
                .then(
                        Reply.calls(Call.of(
                                "memory_delete", Rest.JSON.createObjectNode().put("key", "nothing"))),
                        Reply.text("forgotten"));
        provider.when("take your time").then(Reply.text("thought").firstTokenAfter(THOUGHT));
        provider.when("come back later").then(Reply.perAttempt(Reply.rateLimited(LATER), Reply.text("here I am")));
        return provider;
    }

    private RunningSystem start(Path data, LocalRedis redis, StubModel provider, String slots) {
        return RunningSystem.start(
                data,
                Map.of(
                        "REDIS_URL",
                        redis.url(),
                        "ACCESS_SECRET",
                        secret,
                        "MODEL",
                        "offline",
                        "GEMINI_API_KEY",
                        "any-key-that-the-stub-takes",
                        "GEMINI_BASE_URL",
                        provider.geminiBase().toString(),
                        "APPROVAL_RULES_0__TOOL",
                        "memory_delete",
                        "APPROVAL_RULES_0__VERDICT",
                        "ask",
                        "WORKER_SLOTS",
                        slots));
    }

    private boolean verified(LocalRedis redis) {
        try {
            return run(
                            Map.of("REDIS_URL", redis.url(), "ACCESS_SECRET", secret),
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "--sun-misc-unsafe-memory-access=allow",
                            "--enable-native-access=ALL-UNNAMED",
                            "-jar",
                            "libs/access-control/target/audit.jar",
                            "verify")
                    .contains("the audit trail is as it was sealed");
        } catch (AssertionError unsealed) {
            return false;
        }
    }

    private static String run(Map<String, String> environment, String... command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).directory(RunningSystem.CHECKOUT.toFile());
            builder.environment().putAll(environment);
            Path errors = Files.createTempFile("drill", ".log");
            try {
                Process process = builder.redirectError(errors.toFile()).start();
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(process.waitFor())
                        .as(command[0] + " " + output + Files.readString(errors))
                        .isZero();
                return output;
            } finally {
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<JsonNode> all(Rest custom) {
        List<JsonNode> tasks = new ArrayList<>();
        String cursor = "";
        while (true) {
            JsonNode page = custom.get("task?limit=200" + cursor);
            page.get("items").forEach(tasks::add);
            if (!page.hasNonNull("next_cursor")) {
                return tasks;
            }
            cursor = "&cursor=" + page.get("next_cursor").asText();
        }
    }

    private static void becomes(Rest custom, String task, String status) {
        try {
            Eventually.holds(PATIENCE, "a task is " + status, () -> isOf(custom.task(task), status));
        } catch (AssertionError e) {
            throw new AssertionError(custom.task(task).toPrettyString(), e);
        }
    }

    private static String asked(Rest custom, String input, String... tools) {
        return asked(GEMINI, custom, input, tools);
    }

    private static String asked(String model, Rest custom, String input, String... tools) {
        ObjectNode task = Rest.JSON.createObjectNode().put("input", input).put("model", model);
        List.of(tools).forEach(task.putArray("tools")::add);
        String id = id(custom.post("task", task.toString()));
        custom.enqueue(id);
        return id;
    }

    private static String id(Rest.Answer created) {
        return created.json(201).get("task_id").asText();
    }

    private static String idOf(JsonNode task) {
        return task.get("task_id").asText();
    }

    private static boolean isOf(JsonNode task, String status) {
        return task.get("status").asText().equals(status);
    }

    private static JsonNode newKey(Rest custom) {
        return custom.post("admin/key", "{\"name\": \"drill\", \"scopes\": [\"tasks:read\"]}")
                .json(201);
    }

    private static void revoke(Rest custom, String id) {
        assertThat(exchange(custom, "DELETE", "admin/key/" + id, RunningSystem.FIRST_KEY.text()))
                .isEqualTo(204);
    }

    /** What a key's bearer is answered; a 503 is none, since it passes. */
    private static int statusWith(Rest custom, String key) {
        int[] status = {503};
        Eventually.holds(PATIENCE, "the service answers", () -> {
            status[0] = exchange(custom, "GET", "task", key);
            return status[0] != 503;
        });
        return status[0];
    }

    private static int exchange(Rest custom, String method, String path, String key) {
        URI address = custom.base().resolve(path);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .header("Authorization", "Bearer " + key)
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .build();
            return client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void wipe(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
        assertThat(folder).doesNotExist();
    }

    static boolean isOnPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static String freshSecret() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
