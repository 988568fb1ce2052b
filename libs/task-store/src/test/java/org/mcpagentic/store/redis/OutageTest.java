package org.mcpagentic.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mcpagentic.store.redis.TestStore.await;
import static org.mcpagentic.store.redis.TestStore.eventually;
import static org.mcpagentic.store.redis.TestStore.nothing;

import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mcpagentic.localredis.LocalRedis;
import org.mcpagentic.localredis.LocalRedisException;
import org.mcpagentic.store.Claim;
import org.mcpagentic.store.ClaimedTask;
import org.mcpagentic.store.Ending;
import org.mcpagentic.store.MemoryKey;
import org.mcpagentic.store.MemoryQuery;
import org.mcpagentic.store.NewMemory;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.Progress.StepEntry;
import org.mcpagentic.store.Question;
import org.mcpagentic.store.QuestionLedger.Admission;
import org.mcpagentic.store.QuestionLedger.Answered;
import org.mcpagentic.store.ResponseId;
import org.mcpagentic.store.SessionId;
import org.mcpagentic.store.StatisticsReader.Work;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.StoreException.Code;
import org.mcpagentic.store.StoreMemory;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TaskRetention;
import org.mcpagentic.store.TaskStatus;
import org.mcpagentic.store.TenantId;

/** Redis away, frozen, restarted, without its scripts, and full. */
class OutageTest {

    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final NewMemory MEMORY = new NewMemory(new MemoryKey("key"), "value", Optional.empty());
    private static final Answered ANSWER = new Answered("why?", "because", "offline", 3, 2, 1);

    private final TenantId tenant = TenantId.DEFAULT;
    private final Question question =
            new Question(tenant, new OwnerId("local"), new SessionId("session-1"), "test", Optional.empty(), List.of());
    private LocalRedis redis;
    private TestStore store;

    @BeforeEach
    void start(@TempDir Path folder) {
        redis = LocalRedis.builder()
                .dataFolder(folder)
                // why: loading what a test writes has to take some seconds (a setting for debugging, in microseconds a
                // command)
                .option("key-load-delay", "300")
                .start();
        store = TestStore.on(redis.url(), Map.of("memory-watermark", "50"));
    }

    @AfterEach
    void stop() {
        store.close();
        redis.close();
    }

    @Test
    void everyPortSaysWithinTwoSecondsThatRedisIsGone() {
        Map<String, Supplier<Uni<?>>> ports = everyPort();
        redis.kill();

        Map<String, Outcome> outcomes = tried(ports);

        assertThat(outcomes).allSatisfy((port, outcome) -> assertUnavailableInTime(outcome));
    }

    @Test
    void everyPortSaysWithinTwoSecondsThatRedisIsFrozen() {
        Map<String, Supplier<Uni<?>>> ports = everyPort();
        redis.pause();

        Map<String, Outcome> outcomes = tried(ports);

        redis.resume();
        assertThat(outcomes).allSatisfy((port, outcome) -> assertUnavailableInTime(outcome));
    }

    @Test
    void everyPortSaysWithinTwoSecondsThatRedisLoads() {
        Map<String, Supplier<Uni<?>>> ports = everyPort();
        // why: a hint is published also by a Redis that loads; nobody hears it
        ports.remove("show");
        TaskId id = store.aQueuedTask(tenant).id();
        redis.command("EVAL", "for i = 1, 10000 do redis.call('SET', 'filler', i) end", "0");
        redis.kill();
        CompletableFuture<Void> loaded = CompletableFuture.runAsync(redis::restart);
        eventually("Redis loads", this::isLoading);

        Map<String, Outcome> outcomes = tried(ports);

        assertThat(loaded).isNotDone();
        assertThat(outcomes).allSatisfy((port, outcome) -> assertUnavailableInTime(outcome));
        loaded.join();
        eventually("Redis answers", () -> await(store.store.answers()));
        assertThat(store.statusOf(tenant, id)).isEqualTo(TaskStatus.QUEUED);
    }

    @Test
    void aRedisThatTakesASecondForEveryAnswerLosesNobodyATask() {
        try (Relay slow = Relay.to(redis.port());
                TestStore far = TestStore.on(slow.url(), Map.of())) {
            // why: Redis knows the scripts, as it does but for the first second of its life
            Claim first = far.aClaimedTask(tenant, "slow").claim();
            await(far.queue.advance(first, nothing()));
            far.end(first, new Ending.Succeeded("yes"));
            Claim claim = far.aClaimedTask(tenant, "slow").claim();
            slow.delay(Duration.ofSeconds(1));
            List<ClaimedTask> stolen = new ArrayList<>();

            for (int tick = 0; tick < 4; tick++) {
                far.tick(0, "slow", 0);
                stolen.addAll(store.tick(0, "near", 10).claimed());
            }

            assertThat(stolen).isEmpty();
            assertThat(await(far.queue.advance(claim, TestStore.intending(new StepEntry(1, "think", "")))))
                    .isTrue();
            assertThat(far.end(claim, new Ending.Succeeded("yes"))).isEqualTo(TaskStatus.SUCCEEDED);
        }
    }

    @Test
    void whatWasUnderWayWhenRedisDiedIsUnavailableToo() {
        Map<String, Supplier<Uni<?>>> ports = everyPort();
        redis.pause();
        Map<String, CompletableFuture<Outcome>> underWay = begun(ports);

        redis.kill();

        assertThat(underWay).allSatisfy((port, outcome) -> assertUnavailableInTime(outcome.join()));
    }

    @Test
    void everythingWorksAgainOverTheSameClientOnceRedisIsBack() {
        Claim claim = store.aClaimedTask(tenant, "worker").claim();
        AtomicLong news = new AtomicLong(-1);
        AtomicInteger hints = new AtomicInteger();
        store.tasks.newsOf(claim.task()).subscribe().with(hint -> news.set(hint.number()));
        store.queue.hints().subscribe().with(shard -> hints.incrementAndGet());
        redis.kill();
        assertThat(await(store.store.answers())).isFalse();
        redis.restart();

        eventually("Redis answers", () -> await(store.store.answers()));

        eventually("listeners are told to look again", () -> news.get() == 0 && hints.get() > 0);
        store.end(claim, new Ending.Succeeded("yes"));
        eventually("listeners hear again", () -> news.get() > 0);
        assertThat(redis.command("CLIENT", "LIST").lines().filter(line -> line.contains("sub=3")))
                .hasSize(1);
    }

    @Test
    void listensOnceRedisAllowsIt() {
        redis.command("ACL", "SETUSER", "default", "resetchannels");
        redis.command("CLIENT", "KILL", "TYPE", "pubsub");
        long before = Long.parseLong(total("total_connections_received"));
        AtomicInteger hints = new AtomicInteger();
        store.queue.hints().subscribe().with(shard -> hints.incrementAndGet());
        long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
        eventually("some tries are refused", () -> System.nanoTime() > end);
        long tries = Long.parseLong(total("total_connections_received")) - before;

        redis.command("ACL", "SETUSER", "default", "allchannels");

        assertThat(tries).isLessThan(15);
        eventually("it listens", () -> hints.get() > 0);
        assertThat(redis.command("CLIENT", "LIST").lines().filter(line -> line.contains("sub=3")))
                .hasSize(1);
    }

    @Test
    void loadsItsScriptsAgainWhereRedisHasLostThem() {
        redis.command("SCRIPT", "FLUSH");

        Claim claim = store.aClaimedTask(tenant, "worker").claim();

        assertThat(store.end(claim, new Ending.Succeeded("yes"))).isEqualTo(TaskStatus.SUCCEEDED);
    }

    @Test
    void keepsWhatItAcknowledgedThroughAKill() {
        List<TaskId> ids = IntStream.range(0, 50)
                .mapToObj(i -> store.aQueuedTask(tenant).id())
                .toList();
        redis.kill();
        redis.restart();
        eventually("Redis answers", () -> await(store.store.answers()));

        assertThat(ids).allSatisfy(id -> assertThat(store.statusOf(tenant, id)).isEqualTo(TaskStatus.QUEUED));
        assertThat(store.claim("worker", 64)).hasSize(50);
    }

    @Test
    void aFullRedisRefusesWhatIsNewAndLetsWhatRunsEnd() {
        Claim ending = store.aClaimedTask(tenant, "worker").claim();
        Claim cancelled = store.aClaimedTask(tenant, "worker").claim();
        TaskId unrun = store.aCreatedTask(tenant).id();
        ResponseId asked = ((Admission.Admitted) await(store.questions.admit(question))).id();
        await(store.memory.put(tenant, MEMORY));
        redis.command("CONFIG", "SET", "maxmemory", "1");

        assertRefused(Code.STORE_FULL, store.memory.put(tenant, MEMORY));
        assertRefused(Code.STORE_FULL, store.tasks.create(TestStore.newTask(tenant, true)));
        assertRefused(Code.STORE_FULL, store.questions.admit(question));
        assertRefused(Code.STORE_FULL, store.tasks.enqueue(tenant, unrun));

        assertThat(await(store.memory.get(tenant, MEMORY.key()))).isPresent();
        assertThat(await(store.memory.search(tenant, new MemoryQuery("VALUE", 1))))
                .hasSize(1);
        assertThat(await(store.memory.delete(tenant, MEMORY.key()))).isTrue();
        assertThat(await(store.queue.advance(ending, TestStore.intending(new StepEntry(1, "think", "")))))
                .isTrue();
        assertThat(await(store.tasks.cancel(tenant, new OwnerId("tester"), cancelled.task())))
                .isEqualTo(TaskStatus.CANCELLING);
        assertThat(store.tick(0, "worker", 0).cancels()).containsExactly(cancelled.task());
        assertThat(store.end(cancelled, new Ending.CancelConfirmed())).isEqualTo(TaskStatus.CANCELLED);
        assertThat(store.end(ending, new Ending.Succeeded("yes"))).isEqualTo(TaskStatus.SUCCEEDED);
        assertThat(await(store.questions.settle(asked, question, ANSWER, List.of()))
                        .text())
                .isEqualTo("because");
        assertThat(await(store.tasks.cancel(tenant, new OwnerId("tester"), unrun)))
                .isEqualTo(TaskStatus.CANCELLED);
        await(store.queue.leave("worker"));
        assertThat(await(store.statistics.read(Work.TASKS, tenant)).processed()).isEqualTo(2);
    }

    @Test
    void aWatermarkRefusesWhatIsNewBeforeRedisIsFull() {
        long used = Long.parseLong(total("used_memory"));
        redis.command("CONFIG", "SET", "maxmemory", Long.toString(used * 3 / 2));
        eventually("a tick looks at the memory", () -> {
            store.tick(0, "worker", 0);
            return isRefusedAsFull(store.tasks.create(TestStore.newTask(tenant, false)));
        });

        assertRefused(Code.STORE_FULL, store.questions.admit(question));
        assertRefused(Code.STORE_FULL, store.memory.put(tenant, MEMORY));
        redis.command("CONFIG", "SET", "maxmemory", Long.toString(used * 10));
        eventually("there is room again", () -> {
            store.tick(0, "worker", 0);
            return !isRefusedAsFull(store.tasks.create(TestStore.newTask(tenant, false)));
        });
    }

    @Test
    void tellsHowFullRedisIs() {
        long used = Long.parseLong(total("used_memory"));
        redis.command("CONFIG", "SET", "maxmemory", Long.toString(used * 10));

        StoreMemory memory = await(store.queue.gauges()).memory();

        assertThat(memory.limit()).isEqualTo(used * 10);
        assertThat(memory.used()).isBetween(used / 2, used * 2);
    }

    /** How a call ended and how long it took. */
    private record Outcome(Throwable failure, Duration took) {}

    private Map<String, Supplier<Uni<?>>> everyPort() {
        Claim claim = store.aClaimedTask(tenant, "worker").claim();
        ResponseId response = ((Admission.Admitted) await(store.questions.admit(question))).id();
        Map<String, Supplier<Uni<?>>> ports = new LinkedHashMap<>();
        ports.put("open", () -> store.store.open());
        ports.put("create", () -> store.tasks.create(TestStore.newTask(tenant, true)));
        ports.put("repeat", () -> store.tasks.repeat(TestStore.again(tenant, claim.task()), 1));
        ports.put(
                "resolve",
                () -> store.tasks.resolve(
                        tenant, new OwnerId("tester"), claim.task(), "decision", 1, Optional.empty()));
        ports.put("deadLetters", () -> store.tasks.deadLetters(tenant, OptionalLong.empty(), 10));
        ports.put("expired", () -> store.retention.expired(0, TaskRetention.START, 10));
        ports.put("purge", () -> store.retention.purge(0, List.of(claim.task())));
        ports.put("enqueue", () -> store.tasks.enqueue(tenant, claim.task()));
        ports.put("cancel", () -> store.tasks.cancel(tenant, new OwnerId("tester"), claim.task()));
        ports.put("read", () -> store.tasks.read(tenant, claim.task()));
        ports.put("list", () -> store.tasks.list(tenant, Optional.empty(), OptionalLong.empty(), 10));
        ports.put("eventsAfter", () -> store.tasks.eventsAfter(claim.task(), 0));
        ports.put("tick", () -> store.queue.tick(0, "worker", 1, "nonce", ""));
        ports.put("claim", () -> store.queue.claim(0, "worker", 1, "nonce", ""));
        ports.put("advance", () -> store.queue.advance(claim, nothing()));
        ports.put("end", () -> store.queue.end(claim, nothing(), new Ending.Succeeded("yes")));
        ports.put("leave", () -> store.queue.leave("worker"));
        ports.put("gauges", () -> store.queue.gauges());
        ports.put("show", () -> store.queue.show(claim.task(), 1, "text"));
        ports.put("admit", () -> store.questions.admit(question));
        ports.put("settle", () -> store.questions.settle(response, question, ANSWER, List.of()));
        ports.put("abandon", () -> store.questions.abandon(response, question, true, List.of()));
        ports.put("find", () -> store.questions.find(tenant, response));
        ports.put("memory put", () -> store.memory.put(tenant, MEMORY));
        ports.put("memory get", () -> store.memory.get(tenant, MEMORY.key()));
        ports.put("memory search", () -> store.memory.search(tenant, new MemoryQuery("x", 1)));
        ports.put("memory list", () -> store.memory.list(tenant, "", Optional.empty(), 1));
        ports.put("memory delete", () -> store.memory.delete(tenant, MEMORY.key()));
        ports.put("statistics", () -> store.statistics.read(Work.QUESTIONS, tenant));
        return ports;
    }

    private static Map<String, CompletableFuture<Outcome>> begun(Map<String, Supplier<Uni<?>>> ports) {
        Map<String, CompletableFuture<Outcome>> begun = new LinkedHashMap<>();
        ports.forEach((port, call) -> {
            long begin = System.nanoTime();
            begun.put(
                    port,
                    call.get()
                            .onItemOrFailure()
                            .transform((item, failure) -> new Outcome(
                                    failure == null ? new AssertionError("it answered " + item) : failure,
                                    Duration.ofNanos(System.nanoTime() - begin)))
                            .subscribeAsCompletionStage());
        });
        return begun;
    }

    private static Map<String, Outcome> tried(Map<String, Supplier<Uni<?>>> ports) {
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        begun(ports).forEach((port, outcome) -> outcomes.put(port, outcome.join()));
        return outcomes;
    }

    private static void assertUnavailableInTime(Outcome outcome) {
        assertThat(outcome.took()).isLessThan(LIMIT);
        assertThat(outcome.failure())
                .isInstanceOfSatisfying(
                        StoreException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(Code.STORE_UNAVAILABLE));
    }

    private boolean isLoading() {
        try {
            return redis.command("INFO", "persistence").contains("loading:1");
        } catch (LocalRedisException notYet) {
            return false;
        }
    }

    private static boolean isRefusedAsFull(Uni<?> call) {
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        await(call.replaceWithVoid()
                .onFailure()
                .invoke(failures::add)
                .onFailure()
                .recoverWithNull());
        return failures.stream()
                .anyMatch(failure -> failure instanceof StoreException refusal && refusal.code() == Code.STORE_FULL);
    }

    private static void assertRefused(Code code, Uni<?> call) {
        assertThatThrownBy(() -> await(call))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    private String total(String field) {
        return redis.command("INFO")
                .lines()
                .filter(line -> line.startsWith(field + ":"))
                .map(line -> line.substring(field.length() + 1).strip())
                .findFirst()
                .orElseThrow();
    }
}
