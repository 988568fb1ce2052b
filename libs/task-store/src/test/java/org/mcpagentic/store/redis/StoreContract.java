package org.mcpagentic.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mcpagentic.store.redis.TestStore.await;
import static org.mcpagentic.store.redis.TestStore.done;
import static org.mcpagentic.store.redis.TestStore.intending;
import static org.mcpagentic.store.redis.TestStore.newTask;
import static org.mcpagentic.store.redis.TestStore.nothing;

import io.vertx.mutiny.redis.client.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mcpagentic.store.Claim;
import org.mcpagentic.store.ClaimedTask;
import org.mcpagentic.store.Creation;
import org.mcpagentic.store.Ending;
import org.mcpagentic.store.Guard;
import org.mcpagentic.store.Idempotency;
import org.mcpagentic.store.NewTask;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.Progress;
import org.mcpagentic.store.Progress.StepEntry;
import org.mcpagentic.store.Pulse;
import org.mcpagentic.store.Statistics;
import org.mcpagentic.store.StatisticsReader.Work;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.StoreException.Code;
import org.mcpagentic.store.Task;
import org.mcpagentic.store.TaskError;
import org.mcpagentic.store.TaskEvent;
import org.mcpagentic.store.TaskHistory;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TaskPage;
import org.mcpagentic.store.TaskStatus;
import org.mcpagentic.store.TaskStore.News;
import org.mcpagentic.store.TaskUsage;
import org.mcpagentic.store.TenantId;

/** What every setting of the store keeps: one shard on one Redis, several on a cluster. */
abstract class StoreContract {

    private static final TaskUsage ONE_TURN = new TaskUsage(10, 5, 3, 1, 0);
    private static final TaskUsage ONE_CALL = new TaskUsage(0, 0, 0, 0, 1);

    /** A tenant of its own for each test, so that tests do not see each other. */
    private final TenantId tenant =
            new TenantId("t" + UUID.randomUUID().toString().substring(0, 8));

    private final String worker = "worker-" + UUID.randomUUID();

    abstract TestStore store();

    @BeforeEach
    void leaveNothingReady() {
        for (ClaimedTask left : drain()) {
            store().end(left.claim(), new Ending.Succeeded(""));
        }
    }

    private List<ClaimedTask> drain() {
        List<ClaimedTask> all = new ArrayList<>();
        List<ClaimedTask> some = store().claim("drain-" + worker, 64);
        while (!some.isEmpty()) {
            all.addAll(some);
            some = store().claim("drain-" + worker, 64);
        }
        return all;
    }

    @Test
    void keepsWhatWasAskedFor() {
        Task created = store().aCreatedTask(tenant);

        Task read = await(store().tasks.read(tenant, created.id())).task();

        assertThat(read).isEqualTo(created);
        assertThat(read.status()).isEqualTo(TaskStatus.CREATED);
        assertThat(read.spec().input()).isEqualTo("What is 2 + 2?");
    }

    @Test
    void showsATenantNothingOfAnother() {
        Task task = store().aCreatedTask(tenant);
        TenantId stranger = new TenantId("stranger");

        assertRefused(Code.TASK_NOT_FOUND, () -> await(store().tasks.read(stranger, task.id())));
        assertRefused(
                Code.TASK_NOT_FOUND, () -> await(store().tasks.cancel(stranger, new OwnerId("tester"), task.id())));
        assertRefused(Code.TASK_NOT_FOUND, () -> await(store().tasks.enqueue(stranger, task.id())));
    }

    @Test
    void knowsNoTaskOfAShardThatThereIsNot() {
        TaskId foreign = new TaskId("tzz-00000000000000000000000000");

        assertRefused(Code.TASK_NOT_FOUND, () -> await(store().tasks.read(tenant, foreign)));
    }

    @Test
    void runsATaskFromCreatedToResult() {
        Task task = store().aCreatedTask(tenant);
        await(store().tasks.enqueue(tenant, task.id()));
        Claim claim = store().claim(worker, 5).getFirst().claim();
        await(store().queue.advance(claim, intending(new StepEntry(1, "think", ""))));
        Progress turn = new Progress(
                TestStore.NUMBERS.incrementAndGet(),
                List.of(new StepEntry(1, "call it", "")),
                List.of(new StepEntry(2, "calculate", "calculator")),
                ONE_TURN,
                List.of(),
                List.of(),
                Duration.ofSeconds(30));
        await(store().queue.advance(claim, turn));

        TaskStatus status = await(store().queue
                .end(claim, done(ONE_CALL, new StepEntry(2, "4", "calculator")), new Ending.Succeeded("It is 4.")));

        TaskHistory history = await(store().tasks.read(tenant, task.id()));
        assertThat(status).isEqualTo(TaskStatus.SUCCEEDED);
        assertThat(history.task().usage()).isEqualTo(ONE_TURN.plus(ONE_CALL));
        assertThat(history.task().responseTime()).isPresent();
        assertThat(history.journal())
                .extracting(
                        entry -> entry.step(),
                        entry -> entry.intent(),
                        entry -> entry.outcome().orElseThrow().payload())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, "think", "call it"),
                        org.assertj.core.groups.Tuple.tuple(2, "calculate", "4"));
        assertThat(eventsOf(task.id()))
                .containsExactly(
                        "task.created",
                        "task.queued",
                        "task.running",
                        "step.started",
                        "step.finished",
                        "step.started",
                        "step.finished",
                        "task.succeeded");
        assertThat(history.lastEvent()).isEqualTo(8);
    }

    @Test
    void countsExactlyWhatWasDone() {
        Statistics before = await(store().statistics.read(Work.TASKS, tenant));
        store().end(store().aClaimedTask(tenant, worker).claim(), new Ending.Succeeded("yes"));
        store().end(
                        store().aClaimedTask(tenant, worker).claim(),
                        new Ending.Failed(new TaskError("model_failed", "no")));
        await(store().tasks
                .cancel(
                        tenant,
                        new OwnerId("tester"),
                        store().aQueuedTask(tenant).id()));
        await(store().tasks
                .cancel(
                        tenant,
                        new OwnerId("tester"),
                        store().aCreatedTask(tenant).id()));
        store().aCreatedTask(tenant);

        Statistics after = await(store().statistics.read(Work.TASKS, tenant));

        assertThat(before.processed()).isZero();
        assertThat(after.processed()).isEqualTo(3);
        assertThat(after.successful()).isEqualTo(1);
        assertThat(after.failed()).isEqualTo(1);
        assertThat(after.cancelled()).isEqualTo(1);
        assertThat(after.activeSessions()).isEqualTo(1);
        assertThat(after.p50()).isPresent();
        assertThat(after.tasks())
                .containsEntry(TaskStatus.CREATED, 1L)
                .containsEntry(TaskStatus.QUEUED, 0L)
                .containsEntry(TaskStatus.RUNNING, 0L)
                .containsEntry(TaskStatus.CANCELLED, 2L);
    }

    /** As after a failover to a replica with another clock. */
    @Test
    void countsNoNegativeTimeWhereTheClockStepsBack() {
        Claim claim = store().aClaimedTask(tenant, worker).claim();
        String task = Key.TASK.in(shardOf(claim.task()), claim.task().value());
        store().raw(Command.HSET, task, "queued", "9000000000000000");
        store().end(claim, new Ending.Succeeded("yes"));

        Statistics read = await(store().statistics.read(Work.TASKS, tenant));

        assertThat(read.totalResponseTime()).isZero();
        assertThat(read.p95()).isPresent();
        assertThat(await(store().tasks.read(tenant, claim.task())).task().responseTime())
                .contains(Duration.ZERO);
    }

    @Test
    void replaysACreationUnderItsKey() {
        Idempotency key = new Idempotency("POST /task k1", "fingerprint");
        Creation first = await(store().tasks.create(newTask(tenant, key)));
        await(store().tasks.enqueue(tenant, first.task().id()));

        Creation second = await(store().tasks.create(newTask(tenant, key)));

        assertThat(first.replayed()).isFalse();
        assertThat(second.replayed()).isTrue();
        assertThat(second.task()).isEqualTo(first.task());
    }

    @Test
    void makesOneTaskOfManyParallelCreationsUnderOneKey() {
        Idempotency key = new Idempotency("POST /task k2", "fingerprint");

        List<Creation> creations = await(io.smallrye.mutiny.Uni.join()
                .all(IntStream.range(0, 100)
                        .mapToObj(i -> store().tasks.create(newTask(tenant, key)))
                        .toList())
                .andFailFast());

        assertThat(creations)
                .extracting(creation -> creation.task().id())
                .containsOnly(creations.getFirst().task().id());
        assertThat(creations).filteredOn(creation -> !creation.replayed()).hasSize(1);
    }

    @Test
    void refusesAKeyThatWasUsedForAnotherRequest() {
        await(store().tasks.create(newTask(tenant, new Idempotency("POST /task k3", "one"))));

        assertRefused(
                Code.IDEMPOTENCY_MISMATCH,
                () -> await(store().tasks.create(newTask(tenant, new Idempotency("POST /task k3", "two")))));
    }

    @Test
    void refusesACreationThatAGuardDoesNotAllow() {
        Guard guard = new Guard.Rate("rate:" + tenant, Duration.ofMinutes(1), 2);
        NewTask guarded = new NewTask(TestStore.spec(tenant, "x"), "test", false, Optional.empty(), List.of(guard));
        await(store().tasks.create(guarded));
        await(store().tasks.create(guarded));

        assertThatThrownBy(() -> await(store().tasks.create(guarded)))
                .isInstanceOfSatisfying(StoreException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(Code.GUARD_REFUSED);
                    assertThat(refusal.retryAfter().orElseThrow())
                            .isBetween(Duration.ofSeconds(1), Duration.ofMinutes(1));
                });
        assertThat(await(store().tasks.list(tenant, Optional.empty(), OptionalLong.empty(), 10))
                        .tasks())
                .hasSize(2);
    }

    @Test
    void refusesAStepThatAGuardDoesNotAllowAndTakesWhatIsSettledBack() {
        Guard budget = new Guard.Budget("budget:" + tenant, 60, 100, Duration.ofHours(1));
        Claim claim = store().aClaimedTask(tenant, worker).claim();
        Progress reserving = new Progress(
                TestStore.NUMBERS.incrementAndGet(),
                List.of(),
                List.of(new StepEntry(1, "think", "")),
                TaskUsage.NONE,
                List.of(budget),
                List.of(),
                Duration.ofSeconds(30));
        await(store().queue.advance(claim, reserving));
        Progress again = new Progress(
                TestStore.NUMBERS.incrementAndGet(),
                List.of(new StepEntry(1, "thought", "")),
                List.of(new StepEntry(2, "think", "")),
                TaskUsage.NONE,
                List.of(budget),
                List.of(),
                Duration.ofSeconds(30));
        assertRefused(Code.GUARD_REFUSED, () -> await(store().queue.advance(claim, again)));
        Progress settled = new Progress(
                TestStore.NUMBERS.incrementAndGet(),
                List.of(new StepEntry(1, "thought", "")),
                List.of(),
                TaskUsage.NONE,
                List.of(),
                List.of(new Progress.Settlement(budget.name(), -50)),
                Duration.ofSeconds(30));
        await(store().queue.advance(claim, settled));

        boolean goesOn = await(store().queue
                .advance(
                        claim,
                        new Progress(
                                TestStore.NUMBERS.incrementAndGet(),
                                List.of(),
                                List.of(new StepEntry(2, "think", "")),
                                TaskUsage.NONE,
                                List.of(budget),
                                List.of(),
                                Duration.ofSeconds(30))));

        assertThat(goesOn).isTrue();
    }

    @Test
    void writesNothingOfABatchThatComesAgainLongAfterOthers() {
        Claim claim = store().aClaimedTask(tenant, worker).claim();
        Progress late = done(ONE_TURN, new StepEntry(1, "thought", ""));
        await(store().queue.advance(claim, intending(new StepEntry(1, "think", ""))));
        await(store().queue.advance(claim, late));
        await(store().queue.advance(claim, intending(new StepEntry(2, "act", "calculator"))));
        await(store().queue.advance(claim, done(ONE_CALL, new StepEntry(2, "acted", "calculator"))));
        TaskHistory before = await(store().tasks.read(tenant, claim.task()));

        assertThat(await(store().queue.advance(claim, late))).isTrue();

        assertThat(await(store().tasks.read(tenant, claim.task()))).isEqualTo(before);
    }

    @Test
    void writesABatchOnceHoweverOftenItIsSent() {
        Claim claim = store().aClaimedTask(tenant, worker).claim();
        await(store().queue.advance(claim, intending(new StepEntry(1, "think", ""))));
        Progress outcome = done(ONE_TURN, new StepEntry(1, "thought", ""));
        await(store().queue.advance(claim, outcome));

        boolean goesOn = await(store().queue.advance(claim, outcome));

        assertThat(goesOn).isTrue();
        assertThat(await(store().tasks.read(tenant, claim.task())).task().usage())
                .isEqualTo(ONE_TURN);
    }

    @Test
    void endsATaskOnceHoweverOftenItIsSent() {
        Claim claim = store().aClaimedTask(tenant, worker).claim();
        store().end(claim, new Ending.Succeeded("yes"));

        TaskStatus again = store().end(claim, new Ending.Succeeded("yes"));

        assertThat(again).isEqualTo(TaskStatus.SUCCEEDED);
        assertThat(await(store().statistics.read(Work.TASKS, tenant)).processed())
                .isEqualTo(1);
    }

    @Test
    void answersARepeatedEndAsTheFirstTimeAlsoWhereTheTaskHasMovedOn() {
        Claim claim = store().aClaimedTask(tenant, worker).claim();
        store().end(claim, new Ending.Released());
        store().claim("another-" + worker, 1);

        TaskStatus again = store().end(claim, new Ending.Released());

        assertThat(again).isEqualTo(TaskStatus.QUEUED);
        assertThat(store().statusOf(tenant, claim.task())).isEqualTo(TaskStatus.RUNNING);
    }

    @Test
    void refusesWhatAStaleClaimWrites() {
        Claim claim = store().aClaimedTask(tenant, worker).claim();
        Claim stale = new Claim(claim.task(), tenant, claim.attempt(), "another-1");

        assertRefused(Code.STALE_CLAIM, () -> await(store().queue.advance(stale, nothing())));
        assertRefused(Code.STALE_CLAIM, () -> store().end(stale, new Ending.Succeeded("stolen")));
        assertThat(store().statusOf(tenant, claim.task())).isEqualTo(TaskStatus.RUNNING);
    }

    @Test
    void handsClaimsOverAgainWhereTheAnswerWasLost() {
        Task task = store().aQueuedTask(tenant);
        int shard = shardOf(task.id());
        await(store().queue.tick(shard, worker, 5, "lost", ""));

        Pulse pulse = await(store().queue.tick(shard, worker, 5, "next", ""));

        assertThat(pulse.claimed())
                .extracting(claimed -> claimed.claim().task())
                .containsExactly(task.id());
        assertThat(pulse.claimed().getFirst().claim().attempt()).isEqualTo(1);
        assertThat(await(store().queue.tick(shard, worker, 5, "third", pulse.acknowledge()))
                        .claimed())
                .isEmpty();
    }

    @Test
    void cancelsARunningTaskOnceItsWorkerConfirms() {
        Claim claim = store().aClaimedTask(tenant, worker).claim();
        TaskStatus asked = await(store().tasks.cancel(tenant, new OwnerId("tester"), claim.task()));
        Pulse pulse = store().tick(shardOf(claim.task()), worker, 0);
        boolean goesOn = await(store().queue.advance(claim, intending(new StepEntry(1, "think", ""))));

        TaskStatus confirmed = store().end(claim, new Ending.CancelConfirmed());

        assertThat(asked).isEqualTo(TaskStatus.CANCELLING);
        assertThat(pulse.cancels()).containsExactly(claim.task());
        assertThat(goesOn).isFalse();
        assertThat(confirmed).isEqualTo(TaskStatus.CANCELLED);
        assertThat(store().tick(shardOf(claim.task()), worker, 0).cancels()).isEmpty();
    }

    @Test
    void doesNotRunWhatWasCancelledInTheQueue() {
        TaskId cancelled = store().aQueuedTask(tenant).id();
        TaskId kept = store().aQueuedTask(tenant).id();
        await(store().tasks.cancel(tenant, new OwnerId("tester"), cancelled));

        List<ClaimedTask> claimed = store().claim(worker, 5);

        assertThat(claimed).extracting(task -> task.claim().task()).containsExactly(kept);
    }

    @Test
    void takesTurnsBetweenTenants() {
        TenantId other = sameShardAs(tenant);
        IntStream.range(0, 4).forEach(i -> store().aQueuedTask(tenant));
        IntStream.range(0, 2).forEach(i -> store().aQueuedTask(other));

        List<ClaimedTask> claimed = store().claim(worker, 6);

        assertThat(claimed)
                .extracting(task -> task.spec().tenant())
                .containsExactly(tenant, other, tenant, other, tenant, tenant);
    }

    @Test
    void releasesATaskToTheFrontOfItsLane() {
        Claim first = store().aClaimedTask(tenant, worker).claim();
        store().aQueuedTask(tenant);
        store().end(first, new Ending.Released());

        ClaimedTask next = store().claim("another-" + worker, 1).getFirst();

        assertThat(next.claim().task()).isEqualTo(first.task());
        assertThat(next.claim().attempt()).isEqualTo(2);
        assertThat(next.claim().token()).isNotEqualTo(first.token());
    }

    @Test
    void bringsARetryBackWhenItIsDue() {
        Claim claim = store().aClaimedTask(tenant, worker).claim();
        TaskStatus later = store().end(
                        claim, new Ending.RetryLater(new TaskError("model_unavailable", "busy"), Duration.ofMillis(1)));

        List<ClaimedTask> claimed = claimEventually(worker);

        assertThat(later).isEqualTo(TaskStatus.RETRYING);
        assertThat(claimed).extracting(task -> task.claim().task()).containsExactly(claim.task());
    }

    @Test
    void takesATaskFromAWorkerWhoseStepIsBeyondItsDeadline() {
        Claim stuck = store().aClaimedTask(tenant, worker).claim();
        await(store().queue
                .advance(
                        stuck,
                        new Progress(
                                TestStore.NUMBERS.incrementAndGet(),
                                List.of(),
                                List.of(new StepEntry(1, "hang", "")),
                                TaskUsage.NONE,
                                List.of(),
                                List.of(),
                                Duration.ofMillis(1))));

        List<ClaimedTask> claimed = claimEventually("another-" + worker);

        assertThat(claimed).extracting(task -> task.claim().task()).containsExactly(stuck.task());
        assertThat(claimed.getFirst().hasJournal()).isTrue();
        assertRefused(Code.STALE_CLAIM, () -> store().end(stuck, new Ending.Succeeded("late")));
    }

    @Test
    void takesOverAtOnceWhatAWorkerLeftBehind() {
        Claim left = store().aClaimedTask(tenant, worker).claim();
        await(store().queue.leave(worker));

        List<ClaimedTask> claimed = claimEventually("another-" + worker);

        assertThat(claimed).extracting(task -> task.claim().task()).containsExactly(left.task());
    }

    @Test
    void listsNewestFirstInPages() {
        List<TaskId> ids = IntStream.range(0, 5)
                .mapToObj(i -> store().aCreatedTask(tenant).id())
                .toList();

        TaskPage first = await(store().tasks.list(tenant, Optional.empty(), OptionalLong.empty(), 2));
        TaskPage second = await(store().tasks.list(tenant, Optional.empty(), first.next(), 2));
        TaskPage third = await(store().tasks.list(tenant, Optional.empty(), second.next(), 2));

        assertThat(List.of(first, second, third))
                .flatExtracting(TaskPage::tasks)
                .extracting(Task::id)
                .containsExactlyElementsOf(ids.reversed());
        assertThat(third.next()).isEmpty();
    }

    @Test
    void listsOnlyTheStatusThatWasAskedFor() {
        store().aCreatedTask(tenant);
        TaskId queued = store().aQueuedTask(tenant).id();

        TaskPage page = await(store().tasks.list(tenant, Optional.of(TaskStatus.QUEUED), OptionalLong.empty(), 10));

        assertThat(page.tasks()).extracting(Task::id).containsExactly(queued);
        assertThat(page.next()).isEmpty();
    }

    @Test
    void tellsListenersOfNews() {
        Task task = store().aCreatedTask(tenant);
        var news = store().tasks
                .newsOf(task.id())
                .filter(hint -> hint.number() >= 2)
                .toUni()
                .subscribeAsCompletionStage();

        await(store().tasks.enqueue(tenant, task.id()));

        assertThat(news).succeedsWithin(TestStore.PATIENCE).isEqualTo(new News(2, false));
    }

    @Test
    void tellsListenersOfTheEnd() {
        Claim claim = store().aClaimedTask(tenant, worker).claim();
        var end = store().tasks.newsOf(claim.task()).filter(News::ended).toUni().subscribeAsCompletionStage();

        store().end(claim, new Ending.Succeeded("yes"));

        assertThat(end).succeedsWithin(TestStore.PATIENCE).isEqualTo(new News(4, true));
    }

    @Test
    void claimsBetweenHeartbeatsOnlyForWhoHasALease() {
        TaskId id = store().aQueuedTask(tenant).id();
        int shard = new Shards(store().queue.shards()).of(id);

        Pulse without = await(store().queue.claim(shard, worker, 5, "nonce-1", ""));
        store().tick(shard, worker, 0);
        Pulse with = await(store().queue.claim(shard, worker, 5, "nonce-2", ""));

        assertThat(without.claimed()).isEmpty();
        assertThat(with.claimed()).extracting(task -> task.claim().task()).containsExactly(id);
        assertThat(await(store().queue.claim(shard, worker, 5, "nonce-3", "")).claimed())
                .extracting(ClaimedTask::claim)
                .containsExactly(with.claimed().getFirst().claim());
    }

    @Test
    void refusesAJournalOverItsBound() {
        Claim claim = store().aClaimedTask(tenant, worker).claim();
        String big = "x".repeat(50_000);
        await(store().queue.advance(claim, intending(new StepEntry(1, big, ""))));

        assertRefused(
                Code.JOURNAL_FULL, () -> await(store().queue.advance(claim, intending(new StepEntry(2, big, "")))));
    }

    private List<ClaimedTask> claimEventually(String by) {
        long end = System.nanoTime() + TestStore.PATIENCE.toNanos();
        List<ClaimedTask> claimed = store().claim(by, 5);
        while (claimed.isEmpty() && System.nanoTime() < end) {
            claimed = store().claim(by, 5);
        }
        return claimed;
    }

    private List<String> eventsOf(TaskId id) {
        return await(store().tasks.eventsAfter(id, 0)).stream()
                .map(TaskEvent::type)
                .toList();
    }

    private TenantId sameShardAs(TenantId one) {
        Shards shards = new Shards(store().queue.shards());
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> new TenantId(one.value() + i))
                .filter(other -> shards.of(other) == shards.of(one))
                .findFirst()
                .orElseThrow();
    }

    private int shardOf(TaskId id) {
        return new Shards(store().queue.shards()).of(id);
    }

    private static void assertRefused(Code code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
