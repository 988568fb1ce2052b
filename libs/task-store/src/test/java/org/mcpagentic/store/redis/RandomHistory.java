package org.mcpagentic.store.redis;

import static org.mcpagentic.store.redis.TestStore.await;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.mcpagentic.store.Claim;
import org.mcpagentic.store.ClaimedTask;
import org.mcpagentic.store.Creation;
import org.mcpagentic.store.Ending;
import org.mcpagentic.store.Idempotency;
import org.mcpagentic.store.NewTask;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.Priority;
import org.mcpagentic.store.Progress;
import org.mcpagentic.store.Progress.StepEntry;
import org.mcpagentic.store.Pulse;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.StoreException.Code;
import org.mcpagentic.store.Task;
import org.mcpagentic.store.TaskError;
import org.mcpagentic.store.TaskHistory;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TaskSpec;
import org.mcpagentic.store.TaskStatus;
import org.mcpagentic.store.TaskUsage;
import org.mcpagentic.store.TenantId;

/** Clients and workers that do anything they may, often twice, sometimes long after they should have. */
final class RandomHistory {

    static final List<TenantId> TENANTS =
            List.of(new TenantId("one"), new TenantId("two"), new TenantId("three"), new TenantId("four"));

    private static final List<Priority> LANES = List.of(Priority.values());
    private static final Set<Code> REFUSALS =
            EnumSet.of(Code.STALE_CLAIM, Code.ILLEGAL_TRANSITION, Code.STEP_SETTLED, Code.TASK_NOT_FOUND);
    private static final int WORKERS = 4;
    private static final TaskError ERROR = new TaskError("model_failed", "no");
    private static final TaskUsage ONE_CALL = new TaskUsage(1, 1, 1, 1, 1);

    private final TestStore store;
    private final SplittableRandom random;
    private final Map<TaskId, TenantId> tasks = new LinkedHashMap<>();
    private final List<Task> purged = new ArrayList<>();
    private final List<Claim> claims = new ArrayList<>();
    private final List<String> workers = new ArrayList<>();
    private final Map<String, String> acknowledged = new HashMap<>();
    private int numbered;

    RandomHistory(TestStore store, SplittableRandom random) {
        this.store = store;
        this.random = random;
        for (int i = 0; i < WORKERS; i++) {
            workers.add("worker-" + i);
        }
    }

    void run(int calls) {
        for (int i = 0; i < calls; i++) {
            switch (random.nextInt(15)) {
                case 0, 1 -> create();
                case 2 -> tasks(task -> store.tasks.enqueue(owner(task), task));
                case 3 -> tasks(task -> store.tasks.cancel(owner(task), new OwnerId("tester"), task));
                case 4, 5, 6 -> tick(workers.get(random.nextInt(WORKERS)), random.nextInt(8));
                case 7, 8 -> advance();
                case 9, 10 -> end();
                case 11 -> replaceAWorker();
                case 12 -> repeat();
                case 13 ->
                    tasks(task -> store.tasks.resolve(
                            owner(task),
                            new OwnerId("tester"),
                            task,
                            "d" + random.nextLong(),
                            1 + random.nextInt(3),
                            random.nextBoolean()
                                    ? Optional.empty()
                                    : Optional.of(new StepEntry(1, "told", "calculator"))));
                case 14 -> purge();
            }
        }
    }

    /** Tasks that are not kept any more, as they were. */
    List<Task> purged() {
        return purged;
    }

    Map<TaskId, TenantId> tasks() {
        return tasks;
    }

    TaskHistory read(TaskId id) {
        return await(store.tasks.read(owner(id), id));
    }

    List<Task> tasksOf(TenantId tenant) {
        return tasks.entrySet().stream()
                .filter(entry -> entry.getValue().equals(tenant))
                .map(entry -> read(entry.getKey()).task())
                .toList();
    }

    Map<TaskId, TaskStatus> statuses() {
        Map<TaskId, TaskStatus> statuses = new HashMap<>();
        tasks.keySet().forEach(id -> statuses.put(id, read(id).task().status()));
        return statuses;
    }

    void enqueueAll() {
        tasks.forEach((id, tenant) -> await(store.tasks.enqueue(tenant, id)));
    }

    void workersDie() {
        workers.forEach(worker -> await(store.queue.leave(worker)));
    }

    void succeedWith(String worker) {
        store.claim(worker, 64).forEach(task -> store.end(task.claim(), new Ending.Succeeded("yes")));
    }

    private TenantId owner(TaskId id) {
        return tasks.getOrDefault(id, TenantId.DEFAULT);
    }

    private void create() {
        TenantId tenant = TENANTS.get(random.nextInt(TENANTS.size()));
        TaskSpec plain = TestStore.spec(tenant, "x");
        TaskSpec spec = new TaskSpec(
                tenant,
                plain.owner(),
                plain.session(),
                LANES.get(random.nextInt(LANES.size())),
                "x",
                List.of(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                random.nextInt(4) == 0 ? Optional.of(Duration.ofMillis(1 + random.nextInt(400))) : Optional.empty(),
                Optional.empty(),
                List.of());
        // why: a key that may have been used by this tenant before
        Optional<Idempotency> key = random.nextBoolean()
                ? Optional.of(new Idempotency("POST /task " + random.nextInt(1 + numbered++), "f"))
                : Optional.empty();
        NewTask task = new NewTask(spec, "test", random.nextBoolean(), key, List.of());
        for (int i = 0; i <= (key.isPresent() ? random.nextInt(2) : 0); i++) {
            created(tenant, store.tasks.create(task));
        }
    }

    private void created(TenantId tenant, Uni<Creation> creation) {
        try {
            tasks.put(await(creation).task().id(), tenant);
        } catch (StoreException refusal) {
            if (refusal.code() != Code.TASK_PURGED
                    && refusal.code() != Code.ILLEGAL_TRANSITION
                    && refusal.code() != Code.TASK_NOT_FOUND) {
                throw refusal;
            }
        }
    }

    private void repeat() {
        if (!tasks.isEmpty()) {
            TaskId source = recent();
            TenantId tenant = owner(source);
            created(tenant, store.tasks.repeat(TestStore.again(tenant, source), 1 + random.nextInt(4)));
        }
    }

    private void purge() {
        if (!tasks.isEmpty()) {
            TaskId id = recent();
            Task task = read(id).task();
            int shard = new Shards(store.retention.shards()).of(id);
            for (int i = 0; i <= random.nextInt(2); i++) {
                await(store.retention.purge(shard, List.of(id)));
            }
            if (task.status().isFinal()) {
                purged.add(task);
                tasks.remove(id);
            }
        }
    }

    private TaskId recent() {
        // why: the newest are where something is going on
        List<TaskId> ids = List.copyOf(tasks.keySet());
        return ids.get(Math.max(0, ids.size() - 1 - random.nextInt(40)));
    }

    private void tasks(java.util.function.Function<TaskId, Uni<TaskStatus>> call) {
        if (!tasks.isEmpty()) {
            twice(call.apply(recent()));
        }
    }

    private void tick(String worker, int capacity) {
        for (int shard = 0; shard < store.queue.shards(); shard++) {
            String line = shard + worker;
            String nonce = "n" + random.nextLong();
            Uni<Pulse> tick = store.queue.tick(shard, worker, capacity, nonce, acknowledged.getOrDefault(line, ""));
            Pulse pulse = await(tick);
            if (random.nextInt(4) == 0) {
                pulse = await(tick);
            }
            // why: an answer that never arrived is handed over again at the next tick
            if (random.nextInt(8) != 0) {
                acknowledged.put(line, pulse.acknowledge());
                pulse.claimed().stream().map(ClaimedTask::claim).forEach(claims::add);
            }
        }
    }

    private void advance() {
        aClaim().ifPresent(claim -> {
            int step = 1 + random.nextInt(3);
            twice(store.queue.advance(claim, TestStore.intending(new StepEntry(step, "act", "calculator"))));
            if (random.nextBoolean()) {
                Progress outcome = TestStore.done(ONE_CALL, new StepEntry(step, "done", "calculator"));
                twice(store.queue.advance(claim, outcome));
            }
            if (random.nextInt(20) == 0) {
                Progress hanging = new Progress(
                        TestStore.NUMBERS.incrementAndGet(),
                        List.of(),
                        List.of(),
                        TaskUsage.NONE,
                        List.of(),
                        List.of(),
                        Duration.ofNanos(1000));
                twice(store.queue.advance(claim, hanging));
            }
        });
    }

    private void end() {
        aClaim().ifPresent(claim -> {
            Ending ending = switch (random.nextInt(7)) {
                case 0 -> new Ending.Failed(ERROR);
                case 1 -> new Ending.RetryLater(ERROR, Duration.ofMillis(random.nextInt(20)));
                case 2 -> new Ending.Suspended(ERROR);
                case 3 -> new Ending.Released();
                case 4 -> new Ending.CancelConfirmed();
                default -> new Ending.Succeeded("yes");
            };
            Progress last = TestStore.done(ONE_CALL, new StepEntry(1, "done", "calculator"));
            twice(store.queue.end(claim, last, ending));
        });
    }

    /** Recent ones mostly, so that some are stale and some are not. */
    private Optional<Claim> aClaim() {
        return claims.isEmpty()
                ? Optional.empty()
                : Optional.of(claims.get(Math.max(0, claims.size() - 1 - random.nextInt(12))));
    }

    private void replaceAWorker() {
        if (random.nextInt(8) == 0) {
            int place = random.nextInt(WORKERS);
            if (random.nextBoolean()) {
                twice(store.queue.leave(workers.get(place)));
            }
            workers.set(place, "worker-" + random.nextLong(Long.MAX_VALUE));
        }
    }

    /** Does it, and does it again now and then, as a client does whose answer was lost; refusals are answers too. */
    private void twice(Uni<?> call) {
        once(call);
        if (random.nextInt(3) == 0) {
            once(call);
        }
    }

    private static void once(Uni<?> call) {
        try {
            await(call.onItem().transformToUni(item -> Uni.createFrom().voidItem()));
        } catch (StoreException refusal) {
            if (!REFUSALS.contains(refusal.code())) {
                throw refusal;
            }
        }
    }
}
