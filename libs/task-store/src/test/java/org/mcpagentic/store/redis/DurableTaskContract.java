package org.mcpagentic.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mcpagentic.store.redis.TestStore.again;
import static org.mcpagentic.store.redis.TestStore.await;
import static org.mcpagentic.store.redis.TestStore.done;
import static org.mcpagentic.store.redis.TestStore.eventually;
import static org.mcpagentic.store.redis.TestStore.intending;

import io.vertx.mutiny.redis.client.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mcpagentic.store.Claim;
import org.mcpagentic.store.ClaimedTask;
import org.mcpagentic.store.EndedTasks;
import org.mcpagentic.store.Ending;
import org.mcpagentic.store.Idempotency;
import org.mcpagentic.store.JournalEntry;
import org.mcpagentic.store.NewTask;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.Progress.StepEntry;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.StoreException.Code;
import org.mcpagentic.store.Task;
import org.mcpagentic.store.TaskError;
import org.mcpagentic.store.TaskHistory;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TaskRetention;
import org.mcpagentic.store.TaskRetention.Ended;
import org.mcpagentic.store.TaskRetention.Expired;
import org.mcpagentic.store.TaskState;
import org.mcpagentic.store.TaskStatus;
import org.mcpagentic.store.TaskUsage;
import org.mcpagentic.store.TenantId;

/** What becomes of tasks beyond their first way: repeated, decided by a person, out of time, kept no longer. */
abstract class DurableTaskContract {

    private static final TaskError UNKNOWN = new TaskError("outcome_unknown", "whether it took effect is not known");

    private final TenantId tenant =
            new TenantId("t" + UUID.randomUUID().toString().substring(0, 8));
    private final String worker = "worker-" + UUID.randomUUID();

    abstract TestStore store();

    @BeforeEach
    void leaveNothingReady() {
        List<ClaimedTask> some = store().claim("drain-" + worker, 64);
        while (!some.isEmpty()) {
            some.forEach(task -> store().end(task.claim(), new Ending.Succeeded("")));
            some = store().claim("drain-" + worker, 64);
        }
    }

    @Test
    void repeatsATaskFromTheStartAsANewOneThatPointsBack() {
        TaskId first = aFailedTaskOfThreeSteps();

        Task second = await(store().tasks.repeat(again(tenant, first), 1)).task();

        TaskHistory read = await(store().tasks.read(tenant, second.id()));
        assertThat(second.id()).isNotEqualTo(first);
        assertThat(read.task().spec().retryOf()).contains(first);
        assertThat(read.task().status()).isEqualTo(TaskStatus.QUEUED);
        assertThat(read.task().usage()).isEqualTo(TaskUsage.NONE);
        assertThat(read.journal()).isEmpty();
        assertThat(store().statusOf(tenant, first)).isEqualTo(TaskStatus.FAILED);
    }

    @Test
    void repeatsATaskFromAStepAndTakesOverTheStepsBefore() {
        TaskId first = aFailedTaskOfThreeSteps();

        Task second = await(store().tasks.repeat(again(tenant, first), 3)).task();

        ClaimedTask claimed = claim(second.id());
        assertThat(claimed.hasJournal()).isTrue();
        assertThat(await(store().tasks.read(tenant, second.id())).journal())
                .extracting(
                        JournalEntry::step,
                        JournalEntry::attempt,
                        JournalEntry::intent,
                        entry -> entry.outcome().orElseThrow().payload())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, 0, "intent 1\n1", "outcome 1"),
                        org.assertj.core.groups.Tuple.tuple(2, 0, "intent 2\n2", "outcome 2"));
    }

    @Test
    void repeatsOnlyWhatHasEndedAndIsTheTenantsOwn() {
        TaskId running = store().aClaimedTask(tenant, worker).claim().task();
        TenantId stranger = new TenantId("stranger");

        assertRefused(Code.ILLEGAL_TRANSITION, () -> await(store().tasks.repeat(again(tenant, running), 1)));
        assertRefused(Code.TASK_NOT_FOUND, () -> await(store().tasks.repeat(again(stranger, running), 1)));
    }

    @Test
    void repeatsOnceForOneKeyAlsoWhereTheFirstTaskIsGone() {
        TaskId first = aFailedTaskOfThreeSteps();
        NewTask keyed = new NewTask(
                again(tenant, first).spec(),
                "test",
                true,
                Optional.of(new Idempotency("POST /task/x/retry k", "f")),
                List.of());
        TaskId second = await(store().tasks.repeat(keyed, 1)).task().id();
        purge(first);

        assertThat(await(store().tasks.repeat(keyed, 1)).task().id()).isEqualTo(second);
    }

    @Test
    void findsWhatAKeyMadeBefore() {
        Idempotency key = new Idempotency("POST /task k", "f");
        assertThat(await(store().tasks.madeBefore(tenant, key, false))).isEmpty();
        TaskId id = await(store().tasks.create(TestStore.newTask(tenant, key)))
                .task()
                .id();

        assertThat(await(store().tasks.madeBefore(tenant, key, false))).hasValueSatisfying(made -> {
            assertThat(made.task().id()).isEqualTo(id);
            assertThat(made.replayed()).isTrue();
        });
        assertRefused(
                Code.IDEMPOTENCY_MISMATCH,
                () -> await(store().tasks.madeBefore(tenant, new Idempotency("POST /task k", "another"), false)));
    }

    @Test
    void saysOfAKeyWhoseTaskIsGoneThatItIsGone() {
        NewTask keyed = TestStore.newTask(tenant, new Idempotency("POST /task k", "f"));
        TaskId id = await(store().tasks.create(keyed)).task().id();
        await(store().tasks.cancel(tenant, new OwnerId("tester"), id));
        purge(id);

        assertRefused(Code.TASK_PURGED, () -> await(store().tasks.create(keyed)));
    }

    @Test
    void takesAStepAgainWhereAPersonSaysSo() {
        TaskId id = aTaskThatWaitsForStep2();

        TaskStatus status =
                await(store().tasks.resolve(tenant, new OwnerId("tester"), id, "decision", 2, Optional.empty()));

        assertThat(status).isEqualTo(TaskStatus.QUEUED);
        assertThat(await(store().tasks.read(tenant, id)).journal())
                .extracting(JournalEntry::step)
                .containsExactly(1);
        assertThat(claim(id).claim().attempt()).isEqualTo(2);
    }

    @Test
    void keepsTheOutcomeThatAPersonGives() {
        TaskId id = aTaskThatWaitsForStep2();
        StepEntry told = new StepEntry(2, "it was sent", "mail");

        await(store().tasks.resolve(tenant, new OwnerId("tester"), id, "decision", 2, Optional.of(told)));
        await(store().tasks.resolve(tenant, new OwnerId("tester"), id, "decision", 2, Optional.of(told)));

        TaskHistory history = await(store().tasks.read(tenant, id));
        assertThat(history.journal().get(1).outcome().orElseThrow().payload()).isEqualTo("it was sent");
        assertThat(events(id)).endsWith("task.waiting", "step.finished", "task.queued");
    }

    @Test
    void takesNoDecisionOnWhatIsNotOpen() {
        TaskId waiting = aTaskThatWaitsForStep2();
        TaskId running = store().aClaimedTask(tenant, worker).claim().task();

        assertRefused(
                Code.STEP_SETTLED,
                () -> await(store().tasks.resolve(tenant, new OwnerId("tester"), waiting, "a", 1, Optional.empty())));
        assertRefused(
                Code.STEP_SETTLED,
                () -> await(store().tasks.resolve(tenant, new OwnerId("tester"), waiting, "b", 3, Optional.empty())));
        assertRefused(
                Code.ILLEGAL_TRANSITION,
                () -> await(store().tasks.resolve(tenant, new OwnerId("tester"), running, "c", 1, Optional.empty())));
        assertRefused(
                Code.TASK_NOT_FOUND,
                () -> await(store().tasks
                        .resolve(new TenantId("stranger"), new OwnerId("tester"), waiting, "d", 2, Optional.empty())));
    }

    @Test
    void waitingForAPersonTakesNoneOfATasksTime() {
        TaskId id = aTaskThatWaitsForStep2();
        pass(Duration.ofSeconds(2));

        await(store().tasks.resolve(tenant, new OwnerId("tester"), id, "decision", 2, Optional.empty()));

        assertThat(claim(id).elapsed()).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void failsWhatIsNotDoneByItsDeadline() {
        TaskId id = store().aTaskWithin(tenant, Duration.ofMillis(20)).id();

        eventually("its deadline passes", () -> {
            store().claim(worker, 0);
            return store().statusOf(tenant, id) == TaskStatus.FAILED;
        });

        assertThat(await(store().tasks.read(tenant, id)).task().state())
                .isInstanceOfSatisfying(
                        TaskState.Failed.class,
                        failed -> assertThat(failed.error().code()).isEqualTo("deadline_exceeded"));
        assertThat(store().claim(worker, 64)).isEmpty();
    }

    @Test
    void aDeadlineRunsFromWhenATaskIsQueued() {
        NewTask unrun = new NewTask(
                TestStore.spec(tenant, "x", Optional.empty(), Optional.of(Duration.ofHours(1))),
                "test",
                false,
                Optional.empty(),
                List.of());
        TaskId id = await(store().tasks.create(unrun)).task().id();
        assertThat(await(store().tasks.read(tenant, id)).task().deadline()).isEmpty();

        await(store().tasks.enqueue(tenant, id));

        Task queued = await(store().tasks.read(tenant, id)).task();
        assertThat(queued.deadline()).contains(queued.queuedAt().orElseThrow().plus(Duration.ofHours(1)));
        assertThat(claim(id).left().orElseThrow()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
    }

    @Test
    void leavesATaskThatIsHeldToItsWorkerUntilItIsLetGo() {
        Task task = store().aTaskWithin(tenant, Duration.ofMillis(300));
        Claim claim = claim(task.id()).claim();
        pass(Duration.ofMillis(310));
        store().claim(worker, 0);

        assertThat(store().end(claim, new Ending.Succeeded("just in time"))).isEqualTo(TaskStatus.SUCCEEDED);
        assertThat(store().texts(Command.ZRANGE, Key.TIMEOUTS.in(shardOf(task.id()), ""), "0", "-1"))
                .doesNotContain(task.id().value());
    }

    @Test
    void findsWhatIsKeptNoLonger() {
        TaskId old = anEndedTask();
        store().raw(Command.ZADD, Key.DONE.in(shardOf(old), tenant.value()), "1", old.value());
        TaskId young = anEndedTask();

        assertThat(expired()).contains(new Ended(tenant, old)).doesNotContain(new Ended(tenant, young));
    }

    @Test
    void removesATaskWithAllThatBelongsToItAndCountsIt() {
        TaskId gone = aFailedTaskOfThreeSteps();
        TaskId running = store().aClaimedTask(tenant, worker).claim().task();
        int shard = shardOf(gone);

        int removed = await(store().retention.purge(shard, List.of(gone, running, gone)));

        assertThat(removed).isEqualTo(1);
        assertThat(await(store().retention.purge(shard, List.of(gone)))).isZero();
        assertRefused(Code.TASK_NOT_FOUND, () -> await(store().tasks.read(tenant, gone)));
        assertThat(store().statusOf(tenant, running)).isEqualTo(TaskStatus.RUNNING);
        assertThat(store().raw(
                                Command.EXISTS,
                                Key.TASK.in(shard, gone.value()),
                                Key.JOURNAL.in(shard, gone.value()),
                                Key.EVENTS.in(shard, gone.value()))
                        .toInteger())
                .isZero();
        assertThat(store().texts(Command.ZRANGE, Key.INDEX.in(shard, tenant.value()), "0", "-1"))
                .containsExactly(running.value());
        assertThat(store().raw(Command.HMGET, Key.COUNTS.in(shard, tenant.value()), "s:failed", "p:failed", "failed"))
                .extracting(Object::toString)
                .containsExactly("0", "1", "1");
    }

    @Test
    void whatEndedIsCountedAlsoWhenItIsKeptNoLonger() {
        EndedTasks before = await(store().queue.gauges()).ended();
        purge(aTaskThatIsGivenUp());
        aTaskThatIsGivenUp();
        anEndedTask();

        EndedTasks after = await(store().queue.gauges()).ended();

        assertThat(after.deadLettered() - before.deadLettered()).isEqualTo(2);
        assertThat(count(after, TaskStatus.FAILED) - count(before, TaskStatus.FAILED))
                .isEqualTo(2);
        assertThat(count(after, TaskStatus.SUCCEEDED) - count(before, TaskStatus.SUCCEEDED))
                .isEqualTo(1);
        assertThat(after.took()).isGreaterThan(before.took());
    }

    private static long count(EndedTasks ended, TaskStatus status) {
        return ended.counts().getOrDefault(status, 0L);
    }

    @Test
    void givenUpTasksAreListedUntilTheyAreRepeated() {
        TaskId first = aTaskThatIsGivenUp();
        TaskId second = aTaskThatIsGivenUp();
        assertThat(deadLetters()).containsExactly(second, first);
        assertThat(await(store().tasks.read(tenant, first)).task().losses())
                .singleElement()
                .satisfies(loss -> {
                    assertThat(loss.reason()).isEqualTo(Task.Loss.Reason.STEP_OVERDUE);
                    assertThat(loss.attempt()).isEqualTo(1);
                    assertThat(loss.worker()).isEqualTo(worker);
                });

        await(store().tasks.repeat(again(tenant, second), 1));

        assertThat(deadLetters()).containsExactly(first);
        purge(first);
        assertThat(deadLetters()).isEmpty();
    }

    private List<TaskId> deadLetters() {
        return await(store().tasks.deadLetters(tenant, OptionalLong.empty(), 10)).tasks().stream()
                .map(Task::id)
                .toList();
    }

    private TaskId aTaskThatIsGivenUp() {
        Claim claim = store().aClaimedTask(tenant, worker).claim();
        store().raw(
                        Command.HSET,
                        Key.TASK.in(shardOf(claim.task()), claim.task().value()),
                        "lost",
                        "99");
        store().raw(
                        Command.ZADD,
                        Key.DEADLINES.in(shardOf(claim.task()), ""),
                        "1",
                        claim.task().value());
        store().claim(worker, 0);
        assertThat(store().statusOf(tenant, claim.task())).isEqualTo(TaskStatus.FAILED);
        return claim.task();
    }

    private TaskId anEndedTask() {
        Claim claim = store().aClaimedTask(tenant, worker).claim();
        store().end(claim, new Ending.Succeeded("yes"));
        return claim.task();
    }

    private TaskId aFailedTaskOfThreeSteps() {
        Claim claim = store().aClaimedTask(tenant, worker).claim();
        for (int step = 1; step <= 3; step++) {
            await(store().queue.advance(claim, intending(new StepEntry(step, "intent " + step + "\n" + step, "tool"))));
            await(store().queue
                    .advance(
                            claim, done(new TaskUsage(1, 1, 1, 1, 1), new StepEntry(step, "outcome " + step, "tool"))));
        }
        store().end(claim, new Ending.Failed(new TaskError("broken", "no")));
        return claim.task();
    }

    private TaskId aTaskThatWaitsForStep2() {
        Claim claim = store().aClaimedTask(tenant, worker).claim();
        await(store().queue.advance(claim, intending(new StepEntry(1, "think", ""))));
        await(store().queue.advance(claim, done(TaskUsage.NONE, new StepEntry(1, "send it", ""))));
        await(store().queue.advance(claim, intending(new StepEntry(2, "send", "mail"))));
        store().end(claim, new Ending.Suspended(UNKNOWN));
        return claim.task();
    }

    private ClaimedTask claim(TaskId id) {
        return store().claim(worker, 64).stream()
                .filter(task -> task.claim().task().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private List<Ended> expired() {
        List<Ended> all = new ArrayList<>();
        for (int shard = 0; shard < store().retention.shards(); shard++) {
            String cursor = TaskRetention.START;
            do {
                Expired part = await(store().retention.expired(shard, cursor, 1000));
                all.addAll(part.tasks());
                cursor = part.next();
            } while (!cursor.equals(TaskRetention.START));
        }
        return all;
    }

    private List<String> events(TaskId id) {
        return await(store().tasks.eventsAfter(id, 0)).stream()
                .map(event -> event.type())
                .toList();
    }

    private void purge(TaskId id) {
        assertThat(await(store().retention.purge(shardOf(id), List.of(id)))).isEqualTo(1);
    }

    private int shardOf(TaskId id) {
        return new Shards(store().retention.shards()).of(id);
    }

    private static void pass(Duration time) {
        long begin = System.nanoTime();
        eventually("time passes", () -> System.nanoTime() - begin > time.toNanos());
    }

    private static void assertRefused(Code code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
