package org.mcpagentic.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mcpagentic.store.redis.TestStore.await;
import static org.mcpagentic.store.redis.TestStore.eventually;

import io.vertx.mutiny.redis.client.Command;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mcpagentic.localredis.LocalRedis;
import org.mcpagentic.store.Priority;
import org.mcpagentic.store.Statistics;
import org.mcpagentic.store.StatisticsReader.Work;
import org.mcpagentic.store.Task;
import org.mcpagentic.store.TaskEvent;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TaskStatus;
import org.mcpagentic.store.TenantId;
import org.mcpagentic.store.Transition;

/**
 * Thousands of random calls by clients and workers that repeat themselves, act late, leave and die; then everything in
 * Redis has to agree with everything else. The seed is in every failure; {@code -Dseed=} replays its calls.
 */
class HistoryTest {

    private static final int CALLS = 6_000;
    private static final int SHARDS = 2;

    @Test
    void whateverHappensTheBooksAgree() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("HistoryTest seed=" + seed);
        try (LocalRedis redis = LocalRedis.start();
                TestStore store = TestStore.on(
                        redis.url(), Map.of("shards", Integer.toString(SHARDS), "lease", "1s", "most-attempts", "3"))) {
            RandomHistory history = new RandomHistory(store, new SplittableRandom(seed));

            history.run(CALLS);

            assertThat(history.tasks()).as("seed %d", seed).hasSizeGreaterThan(200);
            checkAll(store, history, seed);
            finishEverything(history);
            checkAll(store, history, seed);
            assertThat(history.statuses().values())
                    .as("at the end, seed %d", seed)
                    .allMatch(status -> status.isFinal() || status == TaskStatus.WAITING);
        }
    }

    private static void checkAll(TestStore store, RandomHistory history, long seed) {
        Map<TaskId, TaskStatus> statuses = history.statuses();
        for (TenantId tenant : RandomHistory.TENANTS) {
            checkCounters(store, history, tenant, seed);
        }
        history.tasks().forEach((id, tenant) -> checkEvents(store, history, id, statuses, seed));
        for (int shard = 0; shard < SHARDS; shard++) {
            checkReady(store, shard, statuses, seed);
            checkHeld(store, shard, statuses, seed);
        }
    }

    private static void checkCounters(TestStore store, RandomHistory history, TenantId tenant, long seed) {
        Map<TaskStatus, Long> tasks = new EnumMap<>(TaskStatus.class);
        for (TaskStatus status : TaskStatus.values()) {
            tasks.put(status, 0L);
        }
        List<Task> purged = history.purged().stream()
                .filter(task -> task.spec().tenant().equals(tenant))
                .toList();
        long processed =
                purged.stream().filter(task -> task.queuedAt().isPresent()).count();
        for (Task task : history.tasksOf(tenant)) {
            tasks.merge(task.status(), 1L, Long::sum);
            if (task.status().isFinal() && task.queuedAt().isPresent()) {
                processed++;
            }
        }

        Statistics counted = await(store.statistics.read(Work.TASKS, tenant));

        assertThat(counted.tasks())
                .as("tasks by status of %s, seed %d", tenant, seed)
                .isEqualTo(tasks);
        assertThat(counted.processed())
                .as("processed of %s, seed %d", tenant, seed)
                .isEqualTo(processed);
        assertThat(counted.successful() + counted.failed() + counted.cancelled())
                .isEqualTo(processed);
        assertThat(counted.toolCalls())
                .as("tool calls of %s, seed %d", tenant, seed)
                .isEqualTo(Stream.concat(history.tasksOf(tenant).stream(), purged.stream())
                        .mapToLong(task -> task.usage().toolCalls())
                        .sum());
    }

    private static void checkEvents(
            TestStore store, RandomHistory history, TaskId id, Map<TaskId, TaskStatus> statuses, long seed) {
        List<TaskEvent> events = await(store.tasks.eventsAfter(id, 0));
        Optional<TaskStatus> now = Optional.empty();
        long number = 0;
        for (TaskEvent event : events) {
            assertThat(event.number())
                    .as("number of an event of %s, seed %d", id, seed)
                    .isEqualTo(++number);
            if (!event.isStep()) {
                TaskStatus next = TaskStatus.ofWireName(event.type().substring("task.".length()));
                assertThat(isLegal(now, next))
                        .as("%s from %s to %s in %s, seed %d", id, now, next, events, seed)
                        .isTrue();
                now = Optional.of(next);
            }
        }
        assertThat(now).as("last event of %s, seed %d", id, seed).contains(statuses.get(id));
        assertThat(history.read(id).lastEvent()).isEqualTo(number);
    }

    private static boolean isLegal(Optional<TaskStatus> from, TaskStatus to) {
        if (from.isEmpty()) {
            return to == TaskStatus.CREATED;
        }
        for (Transition transition : Transition.values()) {
            if (transition.from(from.get()).equals(Optional.of(to))) {
                return true;
            }
        }
        return false;
    }

    private static void checkReady(TestStore store, int shard, Map<TaskId, TaskStatus> statuses, long seed) {
        List<String> ready = new ArrayList<>();
        for (Priority lane : Priority.values()) {
            List<String> ring = store.texts(Command.LRANGE, Key.RING.in(shard, lane.wireName()), "0", "-1");
            assertThat(ring).as("ring, seed %d", seed).doesNotHaveDuplicates();
            for (TenantId tenant : RandomHistory.TENANTS) {
                List<String> list =
                        store.texts(Command.LRANGE, Key.READY.in(shard, lane.wireName() + ":" + tenant), "0", "-1");
                assertThat(ring.contains(tenant.value()))
                        .as("%s is in the ring exactly while it has something ready, seed %d", tenant, seed)
                        .isEqualTo(!list.isEmpty());
                ready.addAll(list);
            }
        }
        assertThat(ready).as("ready, seed %d", seed).doesNotHaveDuplicates();
        assertThat(ready)
                .as("every queued task is ready, seed %d", seed)
                .containsAll(inShard(shard, statuses, Set.of(TaskStatus.QUEUED)));
        assertThat(ready)
                .as("what is ready is queued, or ended there and may be gone, seed %d", seed)
                .allMatch(id -> Set.of(TaskStatus.QUEUED, TaskStatus.CANCELLED, TaskStatus.FAILED)
                        .contains(statuses.getOrDefault(new TaskId(id), TaskStatus.CANCELLED)));
    }

    private static void checkHeld(TestStore store, int shard, Map<TaskId, TaskStatus> statuses, long seed) {
        Set<String> running = inShard(shard, statuses, Set.of(TaskStatus.RUNNING, TaskStatus.CANCELLING));
        Set<String> cancelling = inShard(shard, statuses, Set.of(TaskStatus.CANCELLING));
        Set<String> due = inShard(shard, statuses, Set.of(TaskStatus.CREATED, TaskStatus.RETRYING));
        List<String> held = new ArrayList<>();
        List<String> cancels = new ArrayList<>();
        for (String key : store.texts(Command.KEYS, Key.HELD.in(shard, "") + "*")) {
            held.addAll(store.texts(Command.HKEYS, key));
        }
        for (String key : store.texts(Command.KEYS, Key.CANCELS.in(shard, "") + "*")) {
            cancels.addAll(store.texts(Command.SMEMBERS, key));
        }
        assertThat(held).as("held, seed %d", seed).containsExactlyInAnyOrderElementsOf(running);
        assertThat(cancels).as("cancels, seed %d", seed).containsExactlyInAnyOrderElementsOf(cancelling);
        assertThat(store.texts(Command.ZRANGE, Key.DEADLINES.in(shard, ""), "0", "-1"))
                .as("deadlines, seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(running);
        assertThat(store.texts(Command.ZRANGE, Key.TIMEOUTS.in(shard, ""), "0", "-1"))
                .as("deadlines of tasks, seed %d", seed)
                .allMatch(id -> !statuses.getOrDefault(new TaskId(id), TaskStatus.CANCELLED)
                        .isFinal());
        assertThat(RandomHistory.TENANTS.stream()
                        .flatMap(tenant ->
                                store.texts(Command.ZRANGE, Key.DONE.in(shard, tenant.value()), "0", "-1").stream()))
                .as("ended, seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(inShard(
                        shard, statuses, Set.of(TaskStatus.SUCCEEDED, TaskStatus.FAILED, TaskStatus.CANCELLED)));
        assertThat(store.texts(Command.ZRANGE, Key.DUE.in(shard, ""), "0", "-1"))
                .as("due, seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(due);
    }

    /** One last worker that does not fail: nothing may be stuck. */
    private static void finishEverything(RandomHistory history) {
        history.enqueueAll();
        history.workersDie();
        eventually("every task ends", () -> {
            history.succeedWith("last");
            return history.statuses().values().stream()
                    .allMatch(status -> status.isFinal() || status == TaskStatus.WAITING);
        });
    }

    private static Set<String> inShard(int shard, Map<TaskId, TaskStatus> statuses, Set<TaskStatus> wanted) {
        Shards shards = new Shards(SHARDS);
        Set<String> ids = new HashSet<>();
        statuses.forEach((id, status) -> {
            if (shards.of(id) == shard && wanted.contains(status)) {
                ids.add(id.value());
            }
        });
        return ids;
    }
}
