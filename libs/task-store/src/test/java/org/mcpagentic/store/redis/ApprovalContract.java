package org.mcpagentic.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.mcpagentic.store.redis.TestStore.again;
import static org.mcpagentic.store.redis.TestStore.await;
import static org.mcpagentic.store.redis.TestStore.done;
import static org.mcpagentic.store.redis.TestStore.eventually;
import static org.mcpagentic.store.redis.TestStore.intending;
import static org.mcpagentic.store.redis.TestStore.nothing;

import io.vertx.mutiny.redis.client.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.mcpagentic.store.Approval;
import org.mcpagentic.store.ApprovalCounts;
import org.mcpagentic.store.ApprovalDecision;
import org.mcpagentic.store.ApprovalDecision.Approve;
import org.mcpagentic.store.ApprovalDecision.ApproveEdited;
import org.mcpagentic.store.ApprovalDecision.Refuse;
import org.mcpagentic.store.ApprovalId;
import org.mcpagentic.store.ApprovalPage;
import org.mcpagentic.store.ApprovalRequest;
import org.mcpagentic.store.ApprovalState;
import org.mcpagentic.store.ApprovalStatus;
import org.mcpagentic.store.CallArguments;
import org.mcpagentic.store.Claim;
import org.mcpagentic.store.ClaimedTask;
import org.mcpagentic.store.Ending;
import org.mcpagentic.store.NewTask;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.Progress;
import org.mcpagentic.store.Progress.StepEntry;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.StoreException.Code;
import org.mcpagentic.store.TaskError;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TaskStatus;
import org.mcpagentic.store.TaskUsage;
import org.mcpagentic.store.TenantId;

/** What becomes of a task that asks a person, and of what it asks. */
interface ApprovalContract {

    TaskError REQUIRED = new TaskError("approval_required", "a person has to approve");
    OwnerId PERSON = new OwnerId("person");
    OwnerId ANOTHER = new OwnerId("another");
    Duration LONG = Duration.ofHours(1);

    TestStore store();

    @Test
    default void aTaskThatAsksWaitsAndWhatItAsksForIsThere() {
        Asking task = asking(request(2, "a", LONG), request(3, "b", LONG));

        List<Approval> asked = asked(task);

        assertThat(store().statusOf(task.tenant, task.id)).isEqualTo(TaskStatus.WAITING);
        assertThat(asked)
                .extracting(Approval::step, Approval::toolName, Approval::sideEffects, Approval::status)
                .containsExactly(
                        tuple(2, "mail", "non_idempotent", ApprovalStatus.PENDING),
                        tuple(3, "mail", "non_idempotent", ApprovalStatus.PENDING));
        Approval first = asked.getFirst();
        assertThat(first.arguments()).isEqualTo(arguments("a"));
        assertThat(first.task()).isEqualTo(task.id);
        assertThat(first.revision()).isEqualTo(1);
        assertThat(Duration.between(first.requestedAt(), first.expiresAt())).isEqualTo(LONG);
        assertThat(await(store().approvals.read(task.tenant, first.id()))).isEqualTo(first);
        assertThat(events(task.id)).endsWith("approval.requested", "approval.requested", "task.waiting");
    }

    @Test
    default void anEndThatIsSentTwiceAsksOnce() {
        TenantId tenant = aTenant();
        Claim claim = begun(tenant);
        Ending ending = new Ending.Suspended(REQUIRED, List.of(request(2, "a", LONG)));
        Progress last = nothing();

        TaskStatus first = await(store().queue.end(claim, last, ending));
        TaskStatus second = await(store().queue.end(claim, last, ending));

        assertThat(first).isEqualTo(second).isEqualTo(TaskStatus.WAITING);
        assertThat(await(store().approvals.ofTask(tenant, claim.task()))).hasSize(1);
    }

    @Test
    default void aTaskThatIsBeingCancelledAsksNobody() {
        TenantId tenant = aTenant();
        Claim claim = begun(tenant);
        await(store().tasks.cancel(tenant, PERSON, claim.task()));

        TaskStatus status = store().end(claim, new Ending.Suspended(REQUIRED, List.of(request(2, "a", LONG))));

        assertThat(status).isEqualTo(TaskStatus.CANCELLED);
        assertThat(await(store().approvals.ofTask(tenant, claim.task()))).isEmpty();
        assertThat(page(tenant, Optional.empty()).approvals()).isEmpty();
    }

    @Test
    default void anApprovedTaskGoesOnWithTheDecision() {
        Asking task = asking(request(2, "a", LONG));
        Approval asked = asked(task).getFirst();

        Approval decided = decide(task, asked, new Approve(asked.arguments().digest()));

        assertThat(decided.revision()).isEqualTo(2);
        assertThat(decided.state()).isInstanceOfSatisfying(ApprovalState.Approved.class, approved -> {
            assertThat(approved.by()).isEqualTo(PERSON);
            assertThat(approved.arguments()).isEqualTo(asked.arguments());
            assertThat(approved.edited()).isFalse();
        });
        assertThat(store().statusOf(task.tenant, task.id)).isEqualTo(TaskStatus.QUEUED);
        assertThat(events(task.id)).endsWith("task.waiting", "approval.decided", "task.queued");
        assertThat(claim(task.id).claim().attempt()).isEqualTo(2);
        assertThat(asked(task)).containsExactly(decided);
    }

    @Test
    default void aTaskGoesOnWithTheLastDecisionOnly() {
        Asking task = asking(request(2, "a", LONG), request(3, "b", LONG));
        List<Approval> asked = asked(task);

        decide(task, asked.get(1), new Refuse("too dear"));
        TaskStatus afterOne = store().statusOf(task.tenant, task.id);
        decide(task, asked.get(0), new Approve(asked.get(0).arguments().digest()));

        assertThat(afterOne).isEqualTo(TaskStatus.WAITING);
        assertThat(store().statusOf(task.tenant, task.id)).isEqualTo(TaskStatus.QUEUED);
        assertThat(asked(task))
                .extracting(Approval::status)
                .containsExactly(ApprovalStatus.APPROVED, ApprovalStatus.REFUSED);
    }

    @Test
    default void otherArgumentsAreKeptBesideThoseThatWereAskedFor() {
        Asking task = asking(request(2, "a", LONG));
        Approval asked = asked(task).getFirst();

        Approval decided = decide(task, asked, new ApproveEdited(arguments("b"), asked.revision()));

        assertThat(decided.arguments()).isEqualTo(arguments("a"));
        assertThat(decided.state()).isInstanceOfSatisfying(ApprovalState.Approved.class, approved -> {
            assertThat(approved.arguments()).isEqualTo(arguments("b"));
            assertThat(approved.edited()).isTrue();
        });
    }

    @Test
    default void aReasonIsKept() {
        Asking task = asking(request(2, "a", LONG));
        Approval asked = asked(task).getFirst();

        Approval decided = decide(task, asked, new Refuse("not on a Sunday"));

        assertThat(decided.state())
                .isInstanceOfSatisfying(
                        ApprovalState.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo("not on a Sunday"));
    }

    @Test
    default void aDecisionThatIsSentTwiceIsTakenOnce() {
        Asking task = asking(request(2, "a", LONG), request(3, "b", LONG));
        Approval asked = asked(task).getFirst();
        Approve yes = new Approve(asked.arguments().digest());

        Approval first = await(store().approvals.decide(task.tenant, PERSON, asked.id(), "nonce", yes));
        Approval second = await(store().approvals.decide(task.tenant, PERSON, asked.id(), "nonce", yes));
        Approval third = await(store().approvals.decide(task.tenant, ANOTHER, asked.id(), "another", yes));

        assertThat(second).isEqualTo(first);
        assertThat(third).isEqualTo(first);
        assertThat(store().statusOf(task.tenant, task.id)).isEqualTo(TaskStatus.WAITING);
        assertThat(events(task.id)).filteredOn("approval.decided"::equals).hasSize(1);
    }

    @Test
    default void whatIsDecidedIsNotDecidedOtherwise() {
        Asking task = asking(request(2, "a", LONG));
        Approval asked = asked(task).getFirst();
        decide(task, asked, new Refuse("no"));

        assertRefused(
                Code.APPROVAL_DECIDED,
                () -> decide(task, asked, new Approve(asked.arguments().digest())));
        assertRefused(Code.APPROVAL_DECIDED, () -> decide(task, asked, new Refuse("another reason")));
        assertRefused(Code.APPROVAL_CHANGED, () -> decide(task, asked, new ApproveEdited(arguments("b"), 1)));
        assertThat(decide(task, asked, new Refuse("no")).status()).isEqualTo(ApprovalStatus.REFUSED);
    }

    @Test
    default void whatWasNotShownCannotBeApproved() {
        Asking task = asking(request(2, "a", LONG));
        Approval asked = asked(task).getFirst();

        assertRefused(
                Code.APPROVAL_CHANGED,
                () -> decide(task, asked, new Approve(arguments("b").digest())));
        assertRefused(Code.APPROVAL_CHANGED, () -> decide(task, asked, new ApproveEdited(arguments("b"), 2)));
        assertThat(asked(task)).containsExactly(asked);
    }

    @Test
    default void anothersApprovalIsUnknown() {
        Asking task = asking(request(2, "a", LONG));
        ApprovalId id = asked(task).getFirst().id();
        TenantId stranger = new TenantId("stranger");

        assertRefused(Code.APPROVAL_NOT_FOUND, () -> await(store().approvals.read(stranger, id)));
        assertRefused(
                Code.APPROVAL_NOT_FOUND,
                () -> await(store().approvals.decide(stranger, PERSON, id, "nonce", new Refuse("no"))));
        assertThat(await(store().approvals.ofTask(stranger, task.id))).isEmpty();
        assertThat(page(stranger, Optional.empty()).approvals()).isEmpty();
        assertThat(asked(task)).extracting(Approval::status).containsExactly(ApprovalStatus.PENDING);
    }

    @Test
    default void whatNobodyDecidesOnInTimeExpiresAndTheTaskGoesOn() {
        Asking task = asking(request(2, "a", Duration.ofMillis(20)), request(3, "b", Duration.ofMillis(30)));

        eventually("both expire", () -> {
            store().claim("ticking", 0);
            return store().statusOf(task.tenant, task.id) == TaskStatus.QUEUED;
        });

        assertThat(asked(task)).extracting(Approval::status).containsOnly(ApprovalStatus.EXPIRED);
        assertThat(page(task.tenant, Optional.of(ApprovalStatus.PENDING)).approvals())
                .isEmpty();
        Approval first = asked(task).getFirst();
        assertRefused(
                Code.APPROVAL_DECIDED,
                () -> decide(task, first, new Approve(first.arguments().digest())));
    }

    @Test
    default void whatHasExpiredCannotBeApprovedThoughNobodyLookedSince() {
        Asking task = asking(request(2, "a", Duration.ofMillis(20)));
        Approval asked = asked(task).getFirst();

        long begin = System.nanoTime();
        eventually(
                "its time is over",
                () -> System.nanoTime() - begin > Duration.ofMillis(100).toNanos());

        assertRefused(
                Code.APPROVAL_DECIDED,
                () -> decide(task, asked, new Approve(asked.arguments().digest())));
        assertThat(asked(task)).extracting(Approval::status).containsExactly(ApprovalStatus.EXPIRED);
        assertThat(store().statusOf(task.tenant, task.id)).isEqualTo(TaskStatus.QUEUED);
    }

    @Test
    default void aTaskThatIsCancelledAsksNoMore() {
        Asking task = asking(request(2, "a", LONG), request(3, "b", LONG));
        Approval first = asked(task).getFirst();
        decide(task, first, new Approve(first.arguments().digest()));

        await(store().tasks.cancel(task.tenant, PERSON, task.id));

        assertThat(asked(task))
                .extracting(Approval::status)
                .containsExactly(ApprovalStatus.APPROVED, ApprovalStatus.WITHDRAWN);
        assertThat(events(task.id)).endsWith("approval.decided", "task.cancelled");
        assertRefused(Code.APPROVAL_DECIDED, () -> decide(task, asked(task).get(1), new Refuse("")));
        assertThat(store().statusOf(task.tenant, task.id)).isEqualTo(TaskStatus.CANCELLED);
        assertNothingIsPending(task);
    }

    @Test
    default void aTaskThatIsOutOfTimeAsksNoMore() {
        TenantId tenant = aTenant();
        TaskId id = store().aTaskWithin(tenant, Duration.ofMillis(200)).id();
        Asking task = new Asking(tenant, id);
        store().end(claim(id).claim(), new Ending.Suspended(REQUIRED, List.of(request(2, "a", LONG))));

        eventually("its deadline passes", () -> {
            store().claim("ticking", 0);
            return store().statusOf(tenant, id) == TaskStatus.FAILED;
        });

        assertThat(asked(task)).extracting(Approval::status).containsExactly(ApprovalStatus.WITHDRAWN);
        assertNothingIsPending(task);
    }

    @Test
    default void waitingForAnApprovalTakesNoneOfATasksTime() {
        Asking task = asking(request(2, "a", LONG));
        Approval asked = asked(task).getFirst();
        long begin = System.nanoTime();
        eventually(
                "time passes",
                () -> System.nanoTime() - begin > Duration.ofSeconds(2).toNanos());

        decide(task, asked, new Approve(asked.arguments().digest()));

        assertThat(claim(task.id).elapsed()).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    default void noStepIsResolvedWhileItsTaskWaitsForAnApproval() {
        TenantId tenant = aTenant();
        Claim claim = begun(tenant);
        await(store().queue.advance(claim, intending(new StepEntry(2, "send", "mail"))));
        store().end(claim, new Ending.Suspended(REQUIRED, List.of(request(3, "a", LONG))));

        assertRefused(
                Code.ILLEGAL_TRANSITION,
                () -> await(store().tasks.resolve(tenant, PERSON, claim.task(), "nonce", 2, Optional.empty())));
        assertThat(store().statusOf(tenant, claim.task())).isEqualTo(TaskStatus.WAITING);
    }

    @Test
    default void aTaskMayAskAgain() {
        Asking task = asking(request(2, "a", LONG));
        Approval first = asked(task).getFirst();
        decide(task, first, new Refuse("no"));

        store().end(claim(task.id).claim(), new Ending.Suspended(REQUIRED, List.of(request(4, "b", LONG))));

        assertThat(asked(task))
                .extracting(Approval::step, Approval::status)
                .containsExactly(tuple(2, ApprovalStatus.REFUSED), tuple(4, ApprovalStatus.PENDING));
        assertThat(store().statusOf(task.tenant, task.id)).isEqualTo(TaskStatus.WAITING);
    }

    @Test
    default void aTaskThatRepeatsAnotherHasNoneOfItsApprovals() {
        Asking task = asking(request(2, "a", LONG));
        Approval asked = asked(task).getFirst();
        decide(task, asked, new Approve(asked.arguments().digest()));
        store().end(claim(task.id).claim(), new Ending.Failed(new TaskError("broken", "no")));

        TaskId second = await(store().tasks.repeat(again(task.tenant, task.id), 2))
                .task()
                .id();

        assertThat(await(store().tasks.read(task.tenant, second)).approvals()).isEmpty();
    }

    @Test
    default void aStepThatIsSettledWithoutBeingTakenBeginsBeforeItEnds() {
        TenantId tenant = aTenant();
        Claim claim = begun(tenant);
        StepEntry both = new StepEntry(2, "refused", "mail");
        Progress settled = new Progress(
                TestStore.NUMBERS.incrementAndGet(),
                List.of(both),
                List.of(both),
                TaskUsage.NONE,
                List.of(),
                List.of(),
                Duration.ofSeconds(30));

        await(store().queue.advance(claim, settled));

        assertThat(events(claim.task())).endsWith("step.started", "step.finished");
        assertThat(await(store().tasks.read(tenant, claim.task()))
                        .journal()
                        .getLast()
                        .outcome())
                .isPresent();
    }

    @Test
    default void approvalsAreListedNewestFirstInPages() {
        TenantId tenant = aTenant();
        List<ApprovalId> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Asking task = asking(tenant, request(2, "a" + i, LONG));
            ids.addFirst(asked(task).getFirst().id());
        }
        Asking settled = new Asking(
                tenant, await(store().approvals.read(tenant, ids.get(1))).task());
        decide(settled, asked(settled).getFirst(), new Refuse(""));

        ApprovalPage first = await(store().approvals.list(tenant, Optional.empty(), OptionalLong.empty(), 3));
        ApprovalPage second = await(store().approvals.list(tenant, Optional.empty(), first.next(), 3));

        assertThat(first.approvals()).extracting(Approval::id).isEqualTo(ids.subList(0, 3));
        assertThat(second.approvals()).extracting(Approval::id).isEqualTo(ids.subList(3, 5));
        assertThat(second.next()).isEmpty();
        assertThat(page(tenant, Optional.of(ApprovalStatus.REFUSED)).approvals())
                .extracting(Approval::id)
                .containsExactly(ids.get(1));
        assertThat(page(tenant, Optional.of(ApprovalStatus.PENDING)).approvals())
                .extracting(Approval::id)
                .containsExactly(ids.get(0), ids.get(2), ids.get(3), ids.get(4));
    }

    @Test
    default void anEndedTaskIsRemovedWithItsApprovals() {
        Asking task = asking(request(2, "a", LONG), request(3, "b", LONG));
        List<Approval> asked = asked(task);
        await(store().tasks.cancel(task.tenant, PERSON, task.id));
        int shard = new Shards(store().retention.shards()).of(task.id);

        await(store().retention.purge(shard, List.of(task.id)));

        assertRefused(
                Code.APPROVAL_NOT_FOUND,
                () -> await(store().approvals.read(task.tenant, asked.getFirst().id())));
        assertThat(page(task.tenant, Optional.empty()).approvals()).isEmpty();
        assertThat(store().raw(Command.EXISTS, Key.APPROVALS.in(shard, task.tenant.value()))
                        .toInteger())
                .isZero();
    }

    @Test
    default void countsWhatWasAskedAndWhatCameOfIt() {
        ApprovalCounts before = await(store().queue.gauges()).approvals();
        Asking task = asking(request(2, "a", LONG), request(3, "b", LONG), request(4, "c", LONG));
        List<Approval> asked = asked(task);
        decide(task, asked.get(0), new Refuse(""));
        decide(task, asked.get(1), new ApproveEdited(arguments("x"), 1));

        ApprovalCounts after = await(store().queue.gauges()).approvals();

        assertThat(after.requested() - before.requested()).isEqualTo(3);
        assertThat(after.pending() - before.pending()).isEqualTo(1);
        assertThat(decided(after, ApprovalStatus.REFUSED) - decided(before, ApprovalStatus.REFUSED))
                .isEqualTo(1);
        assertThat(decided(after, ApprovalStatus.APPROVED) - decided(before, ApprovalStatus.APPROVED))
                .isEqualTo(1);
        assertThat(after.waited()).isGreaterThan(before.waited());
    }

    @Test
    default void tellsHowLongTheOldestRequestWaits() {
        Duration before = await(store().queue.gauges()).oldestApproval();
        Asking task = asking(request(2, "a", LONG));
        Approval asked = asked(task).getFirst();
        store().raw(
                        Command.HINCRBY,
                        Key.APPROVAL.in(
                                new Shards(store().retention.shards()).of(task.id),
                                asked.id().value()),
                        "requested",
                        Long.toString(-Replies.micros(before.plus(LONG))));

        Duration waiting = await(store().queue.gauges()).oldestApproval();
        decide(task, asked, new Refuse(""));
        Duration afterwards = await(store().queue.gauges()).oldestApproval();

        assertThat(waiting).isBetween(before.plus(LONG), before.plus(LONG).plusSeconds(60));
        assertThat(afterwards).isLessThan(waiting);
    }

    private static long decided(ApprovalCounts counts, ApprovalStatus status) {
        return counts.decided().getOrDefault(status, 0L);
    }

    /** A task that asked. */
    record Asking(TenantId tenant, TaskId id) {}

    private Asking asking(ApprovalRequest... requests) {
        return asking(aTenant(), requests);
    }

    private Asking asking(TenantId tenant, ApprovalRequest... requests) {
        Claim claim = begun(tenant);
        store().end(claim, new Ending.Suspended(REQUIRED, List.of(requests)));
        return new Asking(tenant, claim.task());
    }

    private Claim begun(TenantId tenant) {
        NewTask task = TestStore.newTask(tenant, true);
        Claim claim = claim(await(store().tasks.create(task)).task().id()).claim();
        await(store().queue.advance(claim, intending(new StepEntry(1, "think", ""))));
        await(store().queue.advance(claim, done(TaskUsage.NONE, new StepEntry(1, "send it", ""))));
        return claim;
    }

    private ClaimedTask claim(TaskId id) {
        return store().claim("worker-" + UUID.randomUUID(), 64).stream()
                .filter(task -> task.claim().task().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private Approval decide(Asking task, Approval approval, ApprovalDecision decision) {
        return await(store().approvals
                .decide(task.tenant, PERSON, approval.id(), UUID.randomUUID().toString(), decision));
    }

    private List<Approval> asked(Asking task) {
        return await(store().approvals.ofTask(task.tenant, task.id));
    }

    private ApprovalPage page(TenantId tenant, Optional<ApprovalStatus> status) {
        return await(store().approvals.list(tenant, status, OptionalLong.empty(), 200));
    }

    private List<String> events(TaskId id) {
        return await(store().tasks.eventsAfter(id, 0)).stream()
                .map(event -> event.type())
                .toList();
    }

    private void assertNothingIsPending(Asking task) {
        int shard = new Shards(store().retention.shards()).of(task.id);
        assertThat(page(task.tenant, Optional.of(ApprovalStatus.PENDING)).approvals())
                .isEmpty();
        assertThat(store().texts(Command.ZRANGE, Key.APPROVAL_DUE.in(shard, ""), "0", "-1"))
                .doesNotContainAnyElementsOf(asked(task).stream()
                        .map(approval -> approval.id().value())
                        .toList());
    }

    private static TenantId aTenant() {
        return new TenantId("a" + UUID.randomUUID().toString().substring(0, 8));
    }

    private static ApprovalRequest request(int step, String to, Duration expiry) {
        return new ApprovalRequest(step, "mail", "non_idempotent", arguments(to), expiry);
    }

    private static CallArguments arguments(String to) {
        return new CallArguments("{\"to\":\"" + to + "\"}", LuaText.digest(to) + "0".repeat(24));
    }

    private static void assertRefused(Code code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
