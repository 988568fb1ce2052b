package org.mcpagentic.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.mcpagentic.localredis.LocalRedisSentinels;
import org.mcpagentic.store.ApprovalStore;
import org.mcpagentic.store.Claim;
import org.mcpagentic.store.ClaimedTask;
import org.mcpagentic.store.Ending;
import org.mcpagentic.store.Idempotency;
import org.mcpagentic.store.MemoryStore;
import org.mcpagentic.store.NewTask;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.Priority;
import org.mcpagentic.store.Progress;
import org.mcpagentic.store.Progress.StepEntry;
import org.mcpagentic.store.Pulse;
import org.mcpagentic.store.QuestionLedger;
import org.mcpagentic.store.SessionId;
import org.mcpagentic.store.StatisticsReader;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.Task;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TaskRetention;
import org.mcpagentic.store.TaskSpec;
import org.mcpagentic.store.TaskStatus;
import org.mcpagentic.store.TaskStore;
import org.mcpagentic.store.TaskUsage;
import org.mcpagentic.store.TenantId;
import org.mcpagentic.store.WorkQueue;

/** A store on a real Redis, driven without Quarkus, with the steps that tests take written as words. */
final class TestStore implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Upwards also within any one claim. */
    static final AtomicLong NUMBERS = new AtomicLong();

    private final Vertx vertx = Vertx.vertx();
    private final Redis redis;
    private final Redis past;
    private final Redis leases;
    private final Redis events;
    final Envelope envelope;
    final RedisStore store;
    final TaskStore tasks;
    final WorkQueue queue;
    final ApprovalStore approvals;
    final QuestionLedger questions;
    final StatisticsReader statistics;
    final MemoryStore memory;
    final TaskRetention retention;
    private final Map<String, String> acknowledged = new HashMap<>();

    /** @param past how {@link #raw} reaches Redis */
    private TestStore(RedisOptions options, RedisOptions past, StoreConfig config) {
        options.setMaxWaitingHandlers(65_536);
        this.past = client(past);
        redis = client(options);
        leases = client(options);
        events = client(options);
        envelope = Envelope.of(config.encryption().keys().orElse(List.of()));
        store = new RedisStore(
                new RedisConnections(redis, leases, events), config, (script, took) -> {}, Clock.systemUTC());
        // why again: what a first connection of a JVM loads takes longer than a request may, on a busy machine
        await(store.open().onFailure(StoreException.class).retry().atMost(3));
        store.listen();
        tasks = store.tasks();
        queue = store.queue();
        approvals = store.approvals();
        questions = store.questions();
        statistics = store.statistics();
        memory = store.memory();
        retention = store.retention();
    }

    static TestStore on(String url, Map<String, String> settings) {
        return on(url, url, settings);
    }

    /** @param past how {@link #raw} reaches Redis, where the store's own user may not do enough */
    static TestStore on(String url, String past, Map<String, String> settings) {
        return new TestStore(
                new RedisOptions().setConnectionString(url),
                new RedisOptions().setConnectionString(past),
                config(settings));
    }

    static TestStore onCluster(List<String> urls, Map<String, String> settings) {
        return onCluster(urls, urls, settings);
    }

    static TestStore onCluster(List<String> urls, List<String> past, Map<String, String> settings) {
        return new TestStore(cluster(urls), cluster(past), config(settings));
    }

    /** A store whose master is found by asking Sentinels; {@link #raw} asks them too. */
    static TestStore throughSentinels(List<String> urls, Map<String, String> settings) {
        RedisOptions options =
                new RedisOptions().setType(RedisClientType.SENTINEL).setMasterName(LocalRedisSentinels.MASTER_NAME);
        urls.forEach(options::addConnectionString);
        return new TestStore(options, new RedisOptions(options), config(settings));
    }

    private Redis client(RedisOptions options) {
        return options.getType() == RedisClientType.SENTINEL
                ? Redis.newInstance(new SentinelRedis(vertx.getDelegate(), options, SentinelCredentials.of("same")))
                : Redis.createClient(vertx, new RedisOptions(options));
    }

    private static RedisOptions cluster(List<String> urls) {
        RedisOptions options = new RedisOptions().setType(RedisClientType.CLUSTER);
        urls.forEach(options::addConnectionString);
        return options;
    }

    static StoreConfig config(Map<String, String> settings) {
        Map<String, String> prefixed = new HashMap<>();
        settings.forEach((name, value) -> prefixed.put("store." + name, value));
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(StoreConfig.class)
                .withDefaultValues(prefixed)
                .build()
                .getConfigMapping(StoreConfig.class);
    }

    static <T> T await(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }

    static TaskSpec spec(TenantId tenant, String input) {
        return spec(tenant, input, Optional.empty(), Optional.empty());
    }

    static TaskSpec spec(TenantId tenant, String input, Optional<TaskId> retryOf, Optional<Duration> timeout) {
        return new TaskSpec(
                tenant,
                new OwnerId("local"),
                new SessionId("session-1"),
                Priority.NORMAL,
                input,
                List.of("calculator"),
                Optional.empty(),
                Map.of("team", "research"),
                retryOf,
                Optional.empty(),
                timeout,
                Optional.empty(),
                List.of());
    }

    static NewTask newTask(TenantId tenant, boolean enqueue) {
        return new NewTask(spec(tenant, "What is 2 + 2?"), "test", enqueue, Optional.empty(), List.of());
    }

    static NewTask newTask(TenantId tenant, Idempotency key) {
        return new NewTask(spec(tenant, "What is 2 + 2?"), "test", false, Optional.of(key), List.of());
    }

    /** A task that does again what another one did. */
    static NewTask again(TenantId tenant, TaskId source) {
        return new NewTask(
                spec(tenant, "What is 2 + 2?", Optional.of(source), Optional.empty()),
                "test",
                true,
                Optional.empty(),
                List.of());
    }

    Task aTaskWithin(TenantId tenant, Duration timeout) {
        return await(tasks.create(new NewTask(
                        spec(tenant, "What is 2 + 2?", Optional.empty(), Optional.of(timeout)),
                        "test",
                        true,
                        Optional.empty(),
                        List.of())))
                .task();
    }

    Task aCreatedTask(TenantId tenant) {
        return await(tasks.create(newTask(tenant, false))).task();
    }

    Task aQueuedTask(TenantId tenant) {
        return await(tasks.create(newTask(tenant, true))).task();
    }

    ClaimedTask aClaimedTask(TenantId tenant, String worker) {
        TaskId id = aQueuedTask(tenant).id();
        return claim(worker, 1).stream()
                .filter(claimed -> claimed.claim().task().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Ticks all shards once and returns what was claimed. */
    List<ClaimedTask> claim(String worker, int capacity) {
        return java.util.stream.IntStream.range(0, queue.shards())
                .mapToObj(shard -> tick(shard, worker, capacity))
                .flatMap(pulse -> pulse.claimed().stream())
                .toList();
    }

    Pulse tick(int shard, String worker, int capacity) {
        String line = shard + worker;
        Pulse pulse = await(
                queue.tick(shard, worker, capacity, UUID.randomUUID().toString(), acknowledged.getOrDefault(line, "")));
        acknowledged.put(line, pulse.acknowledge());
        return pulse;
    }

    /** Sends a command past the ports, to look at what lies in Redis or to put something odd there. */
    Response raw(Command command, String... arguments) {
        return send(past, command, arguments);
    }

    /** Sends a command past the ports as the store's own user. */
    Response asTheStore(Command command, String... arguments) {
        return send(redis, command, arguments);
    }

    private static Response send(Redis redis, Command command, String... arguments) {
        Request request = Request.cmd(command);
        for (String argument : arguments) {
            request.arg(argument);
        }
        return await(redis.send(request));
    }

    /** Sends a command whose answer is a list. */
    List<String> texts(Command command, String... arguments) {
        List<String> texts = new ArrayList<>();
        raw(command, arguments).forEach(part -> texts.add(part.toString()));
        return texts;
    }

    /** Asks again and again until it holds; fails where it does not in time. */
    static void eventually(String what, BooleanSupplier holds) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    TaskStatus statusOf(TenantId tenant, TaskId id) {
        return await(tasks.read(tenant, id)).task().status();
    }

    TaskStatus end(Claim claim, Ending ending) {
        return await(queue.end(claim, nothing(), ending));
    }

    static Progress nothing() {
        return new Progress(
                NUMBERS.incrementAndGet(),
                List.of(),
                List.of(),
                TaskUsage.NONE,
                List.of(),
                List.of(),
                Duration.ofSeconds(30));
    }

    static Progress intending(StepEntry... intents) {
        return new Progress(
                NUMBERS.incrementAndGet(),
                List.of(),
                List.of(intents),
                TaskUsage.NONE,
                List.of(),
                List.of(),
                Duration.ofSeconds(30));
    }

    static Progress done(TaskUsage used, StepEntry... outcomes) {
        return new Progress(
                NUMBERS.incrementAndGet(),
                List.of(outcomes),
                List.of(),
                used,
                List.of(),
                List.of(),
                Duration.ofSeconds(30));
    }

    @Override
    public void close() {
        store.close();
        redis.close();
        past.close();
        leases.close();
        events.close();
        vertx.closeAndAwait();
    }
}
