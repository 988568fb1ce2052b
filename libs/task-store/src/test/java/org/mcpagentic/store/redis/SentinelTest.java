package org.mcpagentic.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mcpagentic.store.redis.TestStore.await;
import static org.mcpagentic.store.redis.TestStore.eventually;
import static org.mcpagentic.store.redis.TestStore.newTask;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mcpagentic.localredis.LocalRedis;
import org.mcpagentic.localredis.LocalRedisSentinels;
import org.mcpagentic.store.ClaimedTask;
import org.mcpagentic.store.Ending;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TaskStatus;
import org.mcpagentic.store.TenantId;

/** A master with two replicas, three Sentinels, and what becomes of the store when one of them goes. */
class SentinelTest {

    private static final Duration DOWN_AFTER = Duration.ofSeconds(1);
    private static final int MOST_UNENDED = 200;
    private static final Duration FOUND_AGAIN = Duration.ofSeconds(10);

    private final TenantId tenant = TenantId.DEFAULT;
    private LocalRedisSentinels redis;
    private TestStore store;

    @BeforeEach
    void start() {
        redis = LocalRedisSentinels.start(2, 3, DOWN_AFTER);
        store = TestStore.throughSentinels(redis.urls(), Map.of());
    }

    @AfterEach
    void stop() {
        store.close();
        redis.close();
    }

    @Test
    void goesOnWithTheNewMasterWhenTheOldOneIsKilledUnderLoad() {
        Load load = new Load();
        load.begin();
        eventually("some tasks end", () -> load.ended.size() > 100);
        LocalRedis old = redis.master();
        int before = load.ended.size();

        old.kill();

        long killed = System.nanoTime();
        eventually("requests are refused", () -> load.lastRefusal - killed > 0);
        eventually("tasks end again", () -> load.firstEndAfter(load.lastRefusal).isPresent());
        long first = load.firstEndAfter(load.lastRefusal).orElseThrow() - killed;
        eventually("many do", () -> load.ended.size() > before + 100);
        load.finish();
        // why another worker: what the old master heard as ended and no replica did runs until its worker's lease is
        // over
        eventually("nothing is left to do", () -> {
            load.work("heir");
            return load.created.stream()
                    .allMatch(id -> status(id)
                            .filter(status -> status != TaskStatus.SUCCEEDED)
                            .isEmpty());
        });
        Map<TaskStatus, Integer> states = new HashMap<>();
        AtomicInteger lost = new AtomicInteger();
        for (TaskId id : load.created) {
            status(id).ifPresentOrElse(status -> states.merge(status, 1, Integer::sum), lost::incrementAndGet);
        }
        System.out.printf(
                "failover (kill -9, missed after %d ms): first task ended again after %d ms; %d created, %s, %d lost, %d ended again, %d requests refused%n",
                DOWN_AFTER.toMillis(),
                first / 1_000_000,
                load.created.size(),
                states,
                lost.get(),
                load.twice.size(),
                load.refused.get());
        assertThat(Duration.ofNanos(first)).isLessThan(FOUND_AGAIN);
        assertThat(states.keySet()).containsExactly(TaskStatus.SUCCEEDED);
        old.restart();
        follows(old);
        assertThat(store.statusOf(tenant, store.aQueuedTask(tenant).id())).isEqualTo(TaskStatus.QUEUED);
    }

    @Test
    void takesNothingFromAMasterThatFrozeAndWokeUpToAnother() {
        TaskId first = store.aQueuedTask(tenant).id();
        LocalRedis old = redis.master();
        old.pause();
        eventually(
                "another is the master",
                () -> answers()
                        && redis.nodes().stream().anyMatch(node -> node != old && LocalRedisSentinels.isMaster(node)));
        List<TaskId> meanwhile = aFew(20);

        old.resume();

        follows(old);
        List<TaskId> after = aFew(20);
        assertThat(statuses(meanwhile)).containsOnly(TaskStatus.QUEUED);
        assertThat(statuses(after)).containsOnly(TaskStatus.QUEUED);
        assertThat(store.statusOf(tenant, first)).isEqualTo(TaskStatus.QUEUED);
    }

    @Test
    void findsTheMasterAlsoWhereOneSentinelIsFrozenAndOneIsGone() {
        redis.sentinels().get(0).pause();
        redis.sentinels().get(1).kill();
        long begin = System.nanoTime();

        try (TestStore late = TestStore.throughSentinels(redis.urls(), Map.of())) {
            assertThat(late.statusOf(tenant, late.aQueuedTask(tenant).id())).isEqualTo(TaskStatus.QUEUED);
        }

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        redis.sentinels().get(0).resume();
    }

    @Test
    void listensToTheNewMastersEvents() {
        LocalRedis old = redis.master();
        old.kill();
        eventually("another is the master", this::answers);
        AtomicLong news = new AtomicLong();

        eventually("it listens", () -> {
            try {
                TaskId task = store.aQueuedTask(tenant).id();
                store.tasks.newsOf(task).subscribe().with(told -> news.addAndGet(told.number()));
                // why so many: an earlier try may have left a task behind
                store.claim("worker", 64);
            } catch (StoreException refusal) {
                // why: each connection finds the new master by itself, and one of them may not have
                assertThat(refusal).matches(SentinelTest::isUnavailable);
                return false;
            }
            LockSupport.parkNanos(100_000_000);
            return news.get() > 0;
        });
    }

    @Test
    void givesUpWhereNoSentinelIsThere() {
        redis.sentinels().forEach(LocalRedis::kill);
        redis.master().kill();

        assertThat(answers()).isFalse();
    }

    /** Sentinels give a master that comes back 8 s, lest it be they who were away. */
    private static void follows(LocalRedis old) {
        long end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (LocalRedisSentinels.isMaster(old)) {
            assertThat(System.nanoTime()).as("the old one follows").isLessThan(end);
            LockSupport.parkNanos(100_000_000);
        }
    }

    private boolean answers() {
        return await(store.store.answers());
    }

    private static boolean isUnavailable(Throwable failure) {
        return failure instanceof StoreException refusal && refusal.code() == StoreException.Code.STORE_UNAVAILABLE;
    }

    private List<TaskId> aFew(int count) {
        List<TaskId> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(store.aQueuedTask(tenant).id());
        }
        return ids;
    }

    private List<TaskStatus> statuses(List<TaskId> ids) {
        return ids.stream().map(id -> store.statusOf(tenant, id)).toList();
    }

    private Optional<TaskStatus> status(TaskId id) {
        return await(store.tasks
                .read(tenant, id)
                .map(history -> Optional.of(history.task().status()))
                .onFailure()
                .recoverWithItem(Optional.empty()));
    }

    /** One that makes tasks, and one worker that ends them, as fast as they are answered. */
    private final class Load {

        private final Set<TaskId> created = ConcurrentHashMap.newKeySet();
        private final Map<TaskId, Long> ended = new ConcurrentHashMap<>();
        private final Set<TaskId> twice = ConcurrentHashMap.newKeySet();
        private final AtomicInteger refused = new AtomicInteger();
        private final AtomicBoolean making = new AtomicBoolean(true);
        private final AtomicBoolean working = new AtomicBoolean(true);
        private volatile long lastRefusal = System.nanoTime();
        private CompletableFuture<Void> maker = new CompletableFuture<>();
        private CompletableFuture<Void> worker = new CompletableFuture<>();
        private String acknowledge = "";

        void begin() {
            // why threads of their own: the common pool of a small machine runs one at a time
            maker = CompletableFuture.runAsync(this::make, Thread::startVirtualThread);
            worker = CompletableFuture.runAsync(
                    () -> {
                        while (working.get()) {
                            work("worker");
                        }
                    },
                    Thread::startVirtualThread);
        }

        private void make() {
            while (making.get()) {
                // why: more than the worker can end would only be left over
                if (created.size() - ended.size() > MOST_UNENDED) {
                    LockSupport.parkNanos(1_000_000);
                } else {
                    done(store.tasks.create(newTask(tenant, true)))
                            .ifPresent(creation -> created.add(creation.task().id()));
                }
            }
        }

        private void work(String worker) {
            List<ClaimedTask> claimed = done(store.queue.tick(
                            0, worker, 16, "tick-" + TestStore.NUMBERS.incrementAndGet(), acknowledge))
                    .map(pulse -> {
                        acknowledge = pulse.acknowledge();
                        return pulse.claimed();
                    })
                    .orElse(List.of());
            for (ClaimedTask task : claimed) {
                done(store.queue
                                .end(task.claim(), TestStore.nothing(), new Ending.Succeeded("yes"))
                                .onFailure(SentinelTest::isUnavailable)
                                .invoke(() -> lastRefusal = System.nanoTime())
                                .onFailure(SentinelTest::isUnavailable)
                                .retry()
                                .withBackOff(Duration.ofMillis(20), Duration.ofMillis(100))
                                .expireIn(8_000))
                        .filter(status -> status == TaskStatus.SUCCEEDED)
                        .ifPresent(status -> {
                            if (ended.put(task.claim().task(), System.nanoTime()) != null) {
                                twice.add(task.claim().task());
                            }
                        });
            }
        }

        private <T> Optional<T> done(Uni<T> uni) {
            return await(uni.map(Optional::of).onFailure().recoverWithItem(failure -> {
                refused.incrementAndGet();
                lastRefusal = System.nanoTime();
                LockSupport.parkNanos(1_000_000);
                return Optional.empty();
            }));
        }

        OptionalLong firstEndAfter(long time) {
            return ended.values().stream()
                    .mapToLong(at -> at)
                    .filter(at -> at - time > 0)
                    .min();
        }

        void finish() {
            making.set(false);
            maker.join();
            working.set(false);
            worker.join();
        }
    }
}
