package org.mcpagentic.custommcp.retention;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mcpagentic.archive.TaskArchive;
import org.mcpagentic.archive.find.Main;
import org.mcpagentic.archive.folder.FolderStorage;
import org.mcpagentic.localredis.LocalRedis;
import org.mcpagentic.store.NewTask;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.Priority;
import org.mcpagentic.store.SessionId;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TaskRetention;
import org.mcpagentic.store.TaskSpec;
import org.mcpagentic.store.TenantId;
import org.mcpagentic.store.redis.RedisConnections;
import org.mcpagentic.store.redis.RedisStore;
import org.mcpagentic.store.redis.StoreConfig;
import org.mcpagentic.testsupport.Settings;
import org.mcpagentic.testsupport.Until;

/** What the janitor removes from a real Redis, and what it leaves. */
@Timeout(60)
class JanitorTest {

    private static final TenantId TENANT = new TenantId("acme");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern ID = Pattern.compile("\"task_id\":\"([^\"]+)\"");

    @TempDir
    private Path folder = Path.of("");

    private final LocalRedis redis = LocalRedis.builder().start();
    private final Vertx vertx = Vertx.vertx();
    private final Redis connection = Redis.createClient(
            vertx, new RedisOptions().setConnectionString(redis.url()).setMaxWaitingHandlers(10_000));
    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RetentionMetrics metrics = new RetentionMetrics(registry);
    private RedisStore store = open(Map.of("store.kept-tasks", "5", "store.shards", "2"));

    @BeforeEach
    void openTheStore() {
        await(store.open());
    }

    @AfterEach
    void close() {
        workers.shutdownNow();
        store.close();
        connection.close();
        vertx.closeAndAwait();
        redis.close();
    }

    @Test
    void keepsTheNewestOfATenant() {
        List<TaskId> tasks = endedTasks(455);

        boolean fine = await(plain().walk());

        assertThat(fine).isTrue();
        assertThat(kept()).containsExactlyElementsOf(tasks.subList(450, 455).reversed());
        assertThat(counted("tasks.purged")).isEqualTo(450);
        assertThat(counted("tasks.archived")).isZero();
    }

    @Test
    void removesWhatEndedTooLongAgo() {
        store = open(Map.of("store.task-retention", "1s", "store.shards", "2"));
        TaskId waiting = task();
        endedTasks(3);

        Until.holds("removed", PATIENCE, () -> await(plain().walk()) && kept().size() == 1);

        assertThat(kept()).containsExactly(waiting);
        assertThat(counted("tasks.purged")).isEqualTo(3);
    }

    @Test
    void archivesWhatItRemoves() {
        List<TaskId> tasks = endedTasks(230);

        boolean fine = await(archiving(store.retention()).walk());

        assertThat(fine).isTrue();
        assertThat(kept()).hasSize(5);
        assertThat(archived()).containsExactlyInAnyOrderElementsOf(tasks.subList(0, 225));
        assertThat(counted("tasks.archived")).isEqualTo(225);
        assertThat(counted("tasks.purged")).isEqualTo(225);
    }

    @Test
    void removesNothingThatTheArchiveDoesNotTakeAndGoesOnWhenItDoes() throws IOException {
        endedTasks(8);
        Janitor janitor = archiving(store.retention());
        Files.delete(folder);

        boolean fine = await(janitor.walk());

        assertThat(fine).isFalse();
        assertThat(kept()).hasSize(8);
        assertThat(counted("tasks.purged")).isZero();
        assertThat(counted("retention.failures", "archive")).isEqualTo(1);

        Files.createDirectory(folder);

        assertThat(await(janitor.walk())).isTrue();
        assertThat(kept()).hasSize(5);
        assertThat(archived()).hasSize(3);
    }

    @Test
    void isReadOnceWhatACrashLeftTwice() throws IOException {
        List<TaskId> tasks = endedTasks(8);
        boolean fine = await(archiving(new DyingBeforePurge(store.retention())).walk());
        assertThat(fine).isFalse();
        assertThat(kept()).hasSize(8);
        assertThat(counted("retention.failures", "store")).isEqualTo(1);

        boolean afterwards = await(archiving(store.retention()).walk());

        assertThat(afterwards).isTrue();
        assertThat(kept()).hasSize(5);
        assertThat(parts()).isEqualTo(2);
        assertThat(archived()).containsExactlyInAnyOrderElementsOf(tasks.subList(0, 3));
    }

    @Test
    void twoAtOnceRemoveEachTaskOnce() {
        List<TaskId> tasks = endedTasks(305);
        Janitor one = archiving(store.retention());
        Janitor other = archiving(store.retention());

        await(Uni.join().all(one.walk(), other.walk()).andFailFast());
        await(one.walk());

        assertThat(kept()).hasSize(5);
        assertThat(counted("tasks.purged")).isEqualTo(300);
        assertThat(archived()).containsExactlyInAnyOrderElementsOf(tasks.subList(0, 300));
    }

    @Test
    void saysThatRedisIsAwayAndDoesNotFail() {
        endedTasks(8);
        redis.kill();

        boolean fine = await(plain().walk());

        assertThat(fine).isFalse();
        assertThat(counted("retention.failures", "store")).isEqualTo(2);
    }

    private Janitor plain() {
        return new Janitor(store.retention(), new PlainRemoval(store.retention(), metrics), metrics);
    }

    private Janitor archiving(TaskRetention retention) {
        TaskArchive archive = new TaskArchive(new FolderStorage(folder), Clock.systemUTC(), new Random());
        return new Janitor(
                retention, new ArchivingRemoval(store.tasks(), retention, archive, workers, metrics), metrics);
    }

    private RedisStore open(Map<String, String> settings) {
        return new RedisStore(
                new RedisConnections(connection, connection, connection),
                Settings.of(StoreConfig.class, settings),
                (script, took) -> {},
                Clock.systemUTC());
    }

    /** Ids in the order in which they ended. */
    private List<TaskId> endedTasks(int count) {
        List<TaskId> ids = IntStream.range(0, count).mapToObj(i -> task()).toList();
        ids.forEach(id -> await(store.tasks().cancel(TENANT, new OwnerId("tester"), id)));
        return ids;
    }

    private TaskId task() {
        TaskSpec spec = new TaskSpec(
                TENANT,
                new OwnerId("local"),
                new SessionId("session-1"),
                Priority.NORMAL,
                "What is 6 * 7?",
                List.of(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
        return await(store.tasks().create(new NewTask(spec, "test", false, Optional.empty(), List.of())))
                .task()
                .id();
    }

    /** The newest 200 that are in Redis, the newest first. */
    private List<TaskId> kept() {
        return await(store.tasks().list(TENANT, Optional.empty(), OptionalLong.empty(), 200)).tasks().stream()
                .map(task -> task.id())
                .toList();
    }

    private List<TaskId> archived() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int status = Main.run(
                new String[] {"ARCHIVE=" + folder, "TENANT=acme", "STATUS=cancelled"},
                Map.of(),
                out,
                new PrintStream(System.err, true, UTF_8));
        assertThat(status).isZero();
        return out.toString(UTF_8)
                .lines()
                .map(line ->
                        ID.matcher(line).results().findFirst().orElseThrow().group(1))
                .map(TaskId::new)
                .toList();
    }

    private long parts() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    private double counted(String metric) {
        return registry.get(metric).counter().count();
    }

    private double counted(String metric, String cause) {
        return registry.get(metric).tag("cause", cause).counter().count();
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }

    /** A process that dies after it has archived and before it removes. */
    private record DyingBeforePurge(TaskRetention real) implements TaskRetention {

        @Override
        public int shards() {
            return real.shards();
        }

        @Override
        public Uni<Expired> expired(int shard, String cursor, int limit) {
            return real.expired(shard, cursor, limit);
        }

        @Override
        public Uni<Integer> purge(int shard, List<TaskId> ids) {
            return Uni.createFrom()
                    .failure(new StoreException(StoreException.Code.STORE_UNAVAILABLE, "died on the way"));
        }
    }
}
