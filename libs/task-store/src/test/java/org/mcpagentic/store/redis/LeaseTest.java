package org.mcpagentic.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mcpagentic.store.redis.TestStore.await;
import static org.mcpagentic.store.redis.TestStore.eventually;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mcpagentic.localredis.LocalRedis;
import org.mcpagentic.store.Claim;
import org.mcpagentic.store.ClaimedTask;
import org.mcpagentic.store.Ending;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.Pulse;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.StoreException.Code;
import org.mcpagentic.store.TaskError;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TaskState;
import org.mcpagentic.store.TaskStatus;
import org.mcpagentic.store.TenantId;

/** Leases of one second: who loses its tasks to whom, and who does not. */
class LeaseTest {

    private static final Duration LEASE = Duration.ofSeconds(1);
    private static final String LIVE = "live";
    private static final String DEAD = "dead";
    private static final String HEIR = "heir";

    private final TenantId tenant = TenantId.DEFAULT;
    private LocalRedis redis;
    private TestStore store;

    @BeforeEach
    void start(@TempDir Path folder) {
        redis = LocalRedis.builder()
                .dataFolder(folder)
                .option("appendfsync", "always")
                .start();
        store = TestStore.on(redis.url(), Map.of("lease", "1s", "most-attempts", "2"));
    }

    @AfterEach
    void stop() {
        store.close();
        redis.close();
    }

    @Test
    void aDeadWorkersTaskGoesToAnotherAfterTheLease() {
        Claim lost = store.aClaimedTask(tenant, DEAD).claim();
        long died = System.nanoTime();

        List<ClaimedTask> taken = claimedEventually(HEIR);

        assertThat(Duration.ofNanos(System.nanoTime() - died)).isBetween(LEASE.minusMillis(100), LEASE.multipliedBy(5));
        assertThat(taken).extracting(task -> task.claim().task()).containsExactly(lost.task());
        assertThat(taken.getFirst().claim().attempt()).isEqualTo(2);
        assertStale(lost);
        assertThat(store.end(taken.getFirst().claim(), new Ending.Succeeded("yes")))
                .isEqualTo(TaskStatus.SUCCEEDED);
    }

    @Test
    void aLiveWorkerKeepsItsTaskHoweverLong() {
        Claim claim = store.aClaimedTask(tenant, LIVE).claim();
        long end = System.nanoTime() + LEASE.multipliedBy(3).toNanos();
        List<ClaimedTask> stolen = new ArrayList<>();

        eventually("three leases go by", () -> {
            store.tick(0, LIVE, 0);
            stolen.addAll(store.tick(0, HEIR, 5).claimed());
            return System.nanoTime() > end;
        });

        assertThat(stolen).isEmpty();
        assertThat(store.end(claim, new Ending.Succeeded("yes"))).isEqualTo(TaskStatus.SUCCEEDED);
    }

    @Test
    void givesATaskUpThatOutlivedTooManyWorkers() {
        TaskId id = store.aClaimedTask(tenant, DEAD).claim().task();
        claimedEventually("dead-too");

        eventually("the task is given up", () -> {
            store.tick(0, HEIR, 0);
            return store.statusOf(tenant, id) == TaskStatus.FAILED;
        });

        assertThat(await(store.tasks.read(tenant, id)).task().state())
                .isInstanceOfSatisfying(
                        TaskState.Failed.class,
                        failed -> assertThat(failed.error().code()).isEqualTo("worker_lost"));
    }

    @Test
    void retriesAndReleasesAreNoLostWorkers() {
        Claim first = store.aClaimedTask(tenant, LIVE).claim();
        store.end(first, new Ending.Released());
        Claim second = claimedEventually(LIVE).getFirst().claim();
        store.end(second, new Ending.RetryLater(new TaskError("model_unavailable", "busy"), Duration.ofMillis(1)));
        claimedEventually(DEAD);

        List<ClaimedTask> taken = claimedEventually(HEIR);

        assertThat(taken.getFirst().claim().attempt()).isEqualTo(4);
    }

    @Test
    void aCancelledTaskOfADeadWorkerEnds() {
        TaskId id = store.aClaimedTask(tenant, DEAD).claim().task();
        await(store.tasks.cancel(tenant, new OwnerId("tester"), id));

        eventually("the task is cancelled", () -> {
            store.tick(0, HEIR, 5);
            return store.statusOf(tenant, id) == TaskStatus.CANCELLED;
        });

        assertThat(await(store.queue.gauges()).tasks()).containsEntry(TaskStatus.CANCELLING, 0L);
    }

    @Test
    void anOutageLongerThanTheLeaseStealsNothingFromTheLiving() {
        Claim kept = store.aClaimedTask(tenant, LIVE).claim();
        store.tick(0, HEIR, 0);
        redis.pause();
        // why: it gives up only after the lease; Redis runs it all the same once it goes on
        assertUnavailable(store.queue.tick(0, HEIR, 5, UUID.randomUUID().toString(), ""));
        redis.resume();

        Pulse first = tickedEventually(HEIR);
        tickedEventually(LIVE);

        assertThat(first.claimed()).isEmpty();
        assertThat(store.end(kept, new Ending.Succeeded("yes"))).isEqualTo(TaskStatus.SUCCEEDED);
    }

    @Test
    void aRestartOfRedisStealsNothingFromTheLivingAndNothingStaysWithTheDead() {
        Claim kept = store.aClaimedTask(tenant, LIVE).claim();
        Claim lost = store.aClaimedTask(tenant, DEAD).claim();
        redis.kill();
        long away = System.nanoTime() + LEASE.plusMillis(500).toNanos();
        eventually("Redis is away for longer than the lease", () -> System.nanoTime() > away);
        redis.restart();
        assertThat(tickedEventually(HEIR).claimed()).isEmpty();
        tickedEventually(LIVE);
        long back = System.nanoTime();
        List<ClaimedTask> taken = new ArrayList<>();

        eventually("the dead worker's task is taken", () -> {
            store.tick(0, LIVE, 0);
            taken.addAll(store.tick(0, HEIR, 5).claimed());
            return !taken.isEmpty();
        });

        assertThat(Duration.ofNanos(System.nanoTime() - back)).isLessThan(LEASE.multipliedBy(5));
        assertThat(taken).extracting(task -> task.claim().task()).containsExactly(lost.task());
        assertThat(store.end(kept, new Ending.Succeeded("yes"))).isEqualTo(TaskStatus.SUCCEEDED);
    }

    @Test
    void anOutageShorterThanTheLeaseStealsNothingFromWhoRenewedFirst() {
        Claim kept = store.aClaimedTask(tenant, LIVE).claim();
        long now = redisMicros();
        // why: as it is 0.8 s after the last tick of all, when the live worker's own was another 0.3 s before that
        store.raw(Command.HSET, Key.SHARD.in(0, ""), "tick", Long.toString(now - 800_000));
        store.raw(Command.ZADD, Key.WORKERS.in(0, ""), Long.toString(now - 100_000), LIVE);

        Pulse first = store.tick(0, HEIR, 5);

        assertThat(first.claimed()).isEmpty();
        store.tick(0, LIVE, 0);
        assertThat(store.end(kept, new Ending.Succeeded("yes"))).isEqualTo(TaskStatus.SUCCEEDED);
    }

    @Test
    void aDeadWorkerIsFoundAlsoByALastOneThatTicksTooSeldom() {
        TaskId lost = store.aClaimedTask(tenant, DEAD).claim().task();
        List<ClaimedTask> taken = new ArrayList<>();
        for (int tick = 0; tick < 10; tick++) {
            // why: as if 0.8 s had gone by since the tick before
            store.raw(Command.HSET, Key.SHARD.in(0, ""), "tick", Long.toString(redisMicros() - 800_000));
            store.raw(Command.ZADD, Key.WORKERS.in(0, ""), "XX", "INCR", "-800000", DEAD);
            taken.addAll(store.tick(0, HEIR, 5).claimed());
        }

        assertThat(taken).extracting(task -> task.claim().task()).containsExactly(lost);
    }

    @Test
    void aWorkerWithMoreTasksThanOneTickTakesAwayLosesAllOfThem() {
        for (int i = 0; i < 150; i++) {
            store.aQueuedTask(tenant);
        }
        eventually("one worker holds all", () -> store.claim(DEAD, 64).isEmpty());
        await(store.queue.leave(DEAD));
        List<ClaimedTask> taken = new ArrayList<>();

        eventually("another holds all", () -> {
            taken.addAll(store.claim(HEIR, 64));
            return taken.size() >= 150;
        });

        assertThat(taken).extracting(task -> task.claim().task()).doesNotHaveDuplicates();
        assertThat(store.raw(Command.EXISTS, Key.HELD.in(0, DEAD)).toInteger()).isZero();
        assertThat(store.raw(Command.ZSCORE, Key.WORKERS.in(0, ""), DEAD)).isNull();
    }

    private List<ClaimedTask> claimedEventually(String worker) {
        List<ClaimedTask> claimed = new ArrayList<>();
        eventually(worker + " gets a task", () -> {
            claimed.addAll(store.claim(worker, 5));
            return !claimed.isEmpty();
        });
        return claimed;
    }

    private Pulse tickedEventually(String worker) {
        List<Pulse> pulses = new ArrayList<>();
        eventually(worker + " reaches Redis", () -> {
            try {
                pulses.add(store.tick(0, worker, 5));
                return true;
            } catch (StoreException away) {
                return false;
            }
        });
        return pulses.getFirst();
    }

    private long redisMicros() {
        var time = store.raw(Command.TIME);
        return time.get(0).toLong() * 1_000_000 + time.get(1).toLong();
    }

    private void assertStale(Claim claim) {
        assertThatThrownBy(() -> store.end(claim, new Ending.Succeeded("late")))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(Code.STALE_CLAIM));
    }

    private static void assertUnavailable(Uni<?> call) {
        assertThatThrownBy(() -> await(call))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(Code.STORE_UNAVAILABLE));
    }
}
