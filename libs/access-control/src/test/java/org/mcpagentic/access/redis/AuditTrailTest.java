package org.mcpagentic.access.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.mcpagentic.access.redis.AuditedStore.OWNER;
import static org.mcpagentic.access.redis.AuditedStore.TENANT;
import static org.mcpagentic.access.redis.AuditedStore.await;
import static org.mcpagentic.access.redis.AuditedStore.config;
import static org.mcpagentic.access.redis.AuditedStore.key;

import io.smallrye.mutiny.Multi;
import io.vertx.mutiny.redis.client.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mcpagentic.access.audit.AuditPage;
import org.mcpagentic.access.audit.AuditQuery;
import org.mcpagentic.access.audit.seal.Sealer;
import org.mcpagentic.access.audit.seal.Sealers;
import org.mcpagentic.access.audit.trail.Checkpoint;
import org.mcpagentic.access.audit.trail.Entry;
import org.mcpagentic.access.audit.trail.Position;
import org.mcpagentic.access.audit.trail.SealedEntry;
import org.mcpagentic.access.audit.verify.Finding;
import org.mcpagentic.access.audit.verify.Finding.Kind;
import org.mcpagentic.access.audit.verify.Verification;
import org.mcpagentic.store.Approval;
import org.mcpagentic.store.ApprovalDecision;
import org.mcpagentic.store.ApprovalRequest;
import org.mcpagentic.store.CallArguments;
import org.mcpagentic.store.Claim;
import org.mcpagentic.store.ClaimedTask;
import org.mcpagentic.store.Ending;
import org.mcpagentic.store.Progress;
import org.mcpagentic.store.Progress.StepEntry;
import org.mcpagentic.store.TaskError;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TaskUsage;
import org.mcpagentic.store.TenantId;

/** The trail of a real store: appended, sealed, shown, let go. */
@Timeout(120)
class AuditTrailTest {

    private static final String CALL =
            "{\"kind\":\"tool\",\"call_id\":\"c1\",\"tool_name\":\"post_note\",\"arguments\":{}}";

    private static final TaskError REQUIRED = new TaskError("approval_required", "a person decides");
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    private final AuditedStore audited = new AuditedStore();

    @AfterEach
    void close() {
        audited.close();
    }

    @Test
    void allKindsOfTransitionsAreSealedInTheirOrder() {
        TaskId first = await(audited.store.tasks().create(audited.newTask(true, Optional.empty())))
                .task()
                .id();
        Claim claim = claim();
        await(audited.store.queue().advance(claim, progress(1, new StepEntry(1, CALL, "post_note", true))));
        await(audited.store
                .queue()
                .end(claim, progress(2), new Ending.Suspended(new TaskError("outcome_unknown", "lost (step 1)"))));
        await(audited.store.tasks().resolve(TENANT, OWNER, first, "n1", 1, Optional.empty()));
        await(audited.store
                .queue()
                .end(
                        claim("nonce-2", "nonce-1"),
                        progress(3),
                        new Ending.Suspended(REQUIRED, List.of(request(1), request(2), request(3)))));
        List<Approval> asked = await(audited.store.approvals().ofTask(TENANT, first));
        decide(asked.get(0), new ApprovalDecision.Approve(DIGEST));
        decide(asked.get(1), new ApprovalDecision.ApproveEdited(new CallArguments("{}", DIGEST), 1));
        decide(asked.get(2), new ApprovalDecision.Refuse("a reason that is nobody's business"));
        await(audited.store.tasks().cancel(TENANT, OWNER, first));
        TaskId again = await(audited.store.tasks().repeat(audited.newTask(true, Optional.of(first)), 1))
                .task()
                .id();
        audited.append("k-2");

        audited.seal(audited.sealer());

        assertThat(audited.unsealed()).isEmpty();
        assertThat(sealed())
                .extracting(
                        one -> one.position().number(),
                        one -> one.entry().field("action"),
                        one -> one.entry().field("target"),
                        one -> one.entry().field("actor"))
                .containsExactly(
                        tuple(1L, "task.create", first.value(), OWNER.value()),
                        tuple(2L, "tool.call", first.value(), OWNER.value()),
                        tuple(3L, "step.decide", first.value(), OWNER.value()),
                        tuple(4L, "approval.decide", first.value(), OWNER.value()),
                        tuple(5L, "approval.decide", first.value(), OWNER.value()),
                        tuple(6L, "approval.decide", first.value(), OWNER.value()),
                        tuple(7L, "task.cancel", first.value(), OWNER.value()),
                        tuple(8L, "task.retry", again.value(), OWNER.value()),
                        tuple(9L, "key.create", "k-2", OWNER.value()));
        assertThat(sealed())
                .filteredOn(one -> one.entry().field("action").equals("approval.decide"))
                .extracting(one -> one.entry().field("detail"))
                .containsExactly("1 approved", "2 edited", "3 refused");
        assertThat(audited.verify().findings()).isEmpty();
        assertThat(audited.failures).hasValue(0);
    }

    private static ApprovalRequest request(int step) {
        return new ApprovalRequest(
                step, "post_note", "non_idempotent", new CallArguments("{}", DIGEST), Duration.ofHours(1));
    }

    private void decide(Approval approval, ApprovalDecision decision) {
        await(audited.store.approvals().decide(TENANT, OWNER, approval.id(), "n" + approval.step(), decision));
    }

    @Test
    void anAppendThatIsSentTwiceIsOneEntry() {
        List<String> arguments = List.of("nonce-1", TENANT.value(), OWNER.value(), "key.create", "k-1", "");

        await(audited.base.scripts().run(0, AuditScript.AUDIT_APPEND, arguments));
        await(audited.base.scripts().run(0, AuditScript.AUDIT_APPEND, arguments));

        assertThat(audited.unsealed()).hasSize(1);
    }

    @Test
    void entriesAreSealedWithinASecondWhileAllIsIdle() {
        Sealers sealers = new Sealers(
                List.of(audited.sealer()), audited.store.statistics().changes());
        sealers.start();
        eventually(
                "the sealer has the lease",
                () -> !audited.raw(Command.EXISTS, AuditKey.AUDIT_LEASE.in(0, ""))
                        .toString()
                        .equals("0"));
        List<Long> took = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int before = audited.sealed.get();
            audited.append("k-" + i);
            long begin = System.nanoTime();
            eventually("sealed", () -> audited.sealed.get() > before);
            took.add(Duration.ofNanos(System.nanoTime() - begin).toMillis());
            pause(Duration.ofMillis(137L * i));
        }
        await(sealers.stop());

        assertThat(took).allMatch(millis -> millis <= 1000);
        assertThat(audited.verify().findings()).isEmpty();
    }

    @Test
    void entriesAreSealedWithoutAnyHint() {
        Sealers sealers =
                new Sealers(List.of(audited.sealer()), Multi.createFrom().nothing());
        sealers.start();
        audited.append(3);
        eventually("sealed", () -> audited.sealed.get() == 3);
        await(sealers.stop());

        assertThat(audited.verify().findings()).isEmpty();
    }

    @Test
    void anIdleSealerSendsOneCommandASecond() {
        audited.append(10);
        Sealers sealers =
                new Sealers(List.of(audited.sealer()), Multi.createFrom().nothing());
        sealers.start();
        eventually("sealed", () -> audited.sealed.get() == 10);
        pause(Duration.ofSeconds(1));
        long before = scripts();
        pause(Duration.ofSeconds(5));
        long sent = scripts() - before;
        await(sealers.stop());

        assertThat(sent).isBetween(3L, 5L);
    }

    @Test
    void theLastSealLeavesNothingAndLetsAnotherIn() {
        Sealer first = audited.sealer();
        audited.append(1200);

        await(first.stop());

        assertThat(audited.unsealed()).isEmpty();
        assertThat(checkpoints()).extracting(one -> one.position().number()).endsWith(1200L);
        assertThat(audited.raw(Command.EXISTS, AuditKey.AUDIT_LEASE.in(0, "")).toString())
                .isEqualTo("0");
        assertThat(audited.verify().findings()).isEmpty();
    }

    @Test
    void checkpointsAreAThousandEntriesApartAtMost() {
        audited.append(3_450);

        audited.seal(audited.sealer());

        List<Long> numbers =
                checkpoints().stream().map(one -> one.position().number()).toList();
        assertThat(numbers).contains(500L);
        assertThat(LongStream.range(1, numbers.size()).map(i -> numbers.get((int) i) - numbers.get((int) i - 1)))
                .allMatch(apart -> apart <= 1000);
        assertThat(checkpoints()).allMatch(key()::signedCheckpoint);
    }

    @Test
    void aSecondSealerWaitsForTheFirstOnesLease() {
        Sealer first = audited.sealer();
        Sealer second = audited.sealer();
        audited.seal(first);
        audited.append(5);

        Duration next = await(second.look());

        assertThat(next).isBetween(Duration.ofMillis(500), Duration.ofSeconds(3));
        assertThat(audited.unsealed()).hasSize(5);
        assertThat(second.holds()).isFalse();
    }

    @Test
    void aNumberThatWasSkippedIsSealedWithAMark() {
        audited.append(3);
        audited.raw(Command.XDEL, audited.unsealedKey(), "2-0");

        audited.seal(audited.sealer());

        assertThat(sealed()).extracting(one -> one.entry().mark()).containsExactly("", "gap:2-2");
        assertThat(audited.failures.get()).isPositive();
        assertThat(audited.verify().findings())
                .extracting(Finding::kind, finding -> finding.from().number())
                .containsExactly(tuple(Kind.MISSING, 2L));
    }

    @Test
    void aNumberThatWasNeverGivenIsSealedWithAMarkAndKeepsNobodyOut() {
        audited.append(2);
        audited.raw(Command.XADD, audited.unsealedKey(), "999999-0", "at", "1", "tenant", "acme", "actor", "evil");
        Sealer sealer = audited.sealer();
        audited.seal(sealer);

        audited.append(1);
        audited.seal(sealer);

        assertThat(sealed())
                .extracting(SealedEntry::position, one -> one.entry().mark())
                .containsExactly(
                        tuple(at(1), ""),
                        tuple(at(2), ""),
                        tuple(new Position(2, 1), "foreign:999999-0"),
                        tuple(at(3), ""));
        assertThat(audited.verify().findings())
                .extracting(Finding::kind, Finding::from)
                .containsExactly(tuple(Kind.INSERTED, new Position(2, 1)));
    }

    @Test
    void anEntryOfAnotherFormIsSealedWithAMark() {
        audited.append(1);
        List<String> words = new ArrayList<>(List.of(audited.unsealedKey(), "1-5"));
        IntStream.range(0, 200).forEach(i -> words.addAll(List.of("f" + i, "v\u00ff")));
        audited.raw(Command.XADD, words.toArray(String[]::new));
        audited.raw(Command.XADD, audited.unsealedKey(), "1-6", "mac", "00", "mark", "x");

        audited.seal(audited.sealer());

        assertThat(sealed())
                .extracting(SealedEntry::position, one -> one.entry().mark())
                .containsExactly(
                        tuple(at(1), ""),
                        tuple(new Position(1, 1), "foreign:1-5 dropped"),
                        tuple(new Position(1, 2), "foreign:1-6"));
        assertThat(audited.verify().findings()).extracting(Finding::kind).containsOnly(Kind.INSERTED);
    }

    @Test
    void aTrailThatWasCutBeneathItsSealerIsMarked() {
        Sealer sealer = audited.sealer();
        audited.append(10);
        audited.seal(sealer);
        SealedEntry eighth = sealed().get(7);
        audited.rewrite(
                AuditKey.AUDIT_SEALED, audited.entries(AuditKey.AUDIT_SEALED).subList(0, 8));
        audited.raw(Command.HSET, AuditKey.AUDIT_STATE.in(0, ""), "last", "8-0", "mac", eighth.mac());
        audited.raw(Command.HSET, audited.shardKey(), "audited", "8");

        audited.append(1);
        audited.seal(sealer);

        assertThat(sealed().getLast().entry().mark()).isEqualTo("broken:10");
        assertThat(audited.verify().findings()).extracting(Finding::kind).contains(Kind.ROLLED_BACK);
    }

    @Test
    void anEntryThatNobodySealedStopsTheSealerAloud() {
        Sealer sealer = audited.sealer();
        audited.append(1);
        audited.seal(sealer);
        audited.raw(Command.XADD, AuditKey.AUDIT_SEALED.in(0, ""), "5-0", "at", "1", "mac", "00");
        audited.append(1);

        audited.seal(sealer);

        assertThat(audited.failures.get()).isPositive();
        assertThat(audited.unsealed()).hasSize(1);
        assertThat(audited.verify().findings()).extracting(Finding::from).contains(at(5));
    }

    @Test
    void whatIsTooOldIsLetGoUpToACheckpoint() {
        Sealer sealer = audited.sealer();
        audited.append(2_600);
        audited.seal(sealer);
        age(checkpoints().get(1), Duration.ofDays(2));

        audited.seal(audited.sealer(audited.trail(), config(Map.of("retention", "1d"))));
        await(sealer.stop());
        audited.seal(audited.sealer(audited.trail(), config(Map.of("retention", "1d"))));

        Verification verification = audited.verify();
        assertThat(verification.findings()).isEmpty();
        assertThat(verification.base()).isEqualTo(checkpoints().getFirst().position());
        assertThat(sealed().getFirst().position().number())
                .isEqualTo(verification.base().number() + 1);
        assertThat(audited.failures).hasValue(0);
    }

    @Test
    void whatIsTooMuchIsLetGoUpToACheckpoint() {
        audited.append(12_100);

        audited.seal(audited.sealer(audited.trail(), config(Map.of("most-entries", "10000"))));
        Sealer other = audited.sealer(audited.trail(), config(Map.of("most-entries", "10000")));
        audited.raw(Command.DEL, AuditKey.AUDIT_LEASE.in(0, ""));
        audited.seal(other);

        Verification verification = audited.verify();
        assertThat(verification.findings()).isEmpty();
        assertThat(verification.entries()).isBetween(9_000L, 10_000L);
        assertThat(verification.end().number()).isEqualTo(12_100);
    }

    @Test
    void aTenantSeesItsOwnEntriesNewestFirst() {
        audited.append(300);
        audited.seal(audited.sealer());
        await(audited.log.append(
                new org.mcpagentic.access.audit.AuditEvent(new TenantId("other"), "k-9", "key.create", "theirs", "")));
        audited.append("newest");

        AuditPage first = page(Optional.empty(), 200);
        AuditPage second = page(first.next(), 200);

        assertThat(first.entries()).hasSize(200);
        assertThat(first.entries().getFirst().entry().field("target")).isEqualTo("newest");
        assertThat(first.entries().getFirst().mac()).isEmpty();
        assertThat(first.entries().get(1).mac()).isPresent();
        assertThat(second.entries()).hasSize(101);
        assertThat(second.next()).isEmpty();
        assertThat(first.entries()).noneMatch(one -> one.entry().field("target").equals("theirs"));
    }

    @Test
    void aTenantFindsByActorAndAction() {
        audited.append(20);
        await(audited.log.append(new org.mcpagentic.access.audit.AuditEvent(TENANT, "k-7", "key.revoke", "x", "")));
        audited.seal(audited.sealer());

        AuditPage byActor = await(new RedisAuditReader(audited.base)
                .page(TENANT, new AuditQuery(Optional.empty(), Optional.of("k-7"), Optional.empty(), 10)));
        AuditPage byAction = await(new RedisAuditReader(audited.base)
                .page(TENANT, new AuditQuery(Optional.empty(), Optional.empty(), Optional.of("key.revoke"), 10)));

        assertThat(byActor.entries()).hasSize(1);
        assertThat(byAction.entries()).isEqualTo(byActor.entries());
    }

    @Test
    void aTenantThatIsLongQuietIsFoundBehindThousandsOfOthers() {
        await(audited.log.append(
                new org.mcpagentic.access.audit.AuditEvent(new TenantId("quiet"), "k-9", "key.create", "mine", "")));
        audited.append(9_000);
        audited.seal(audited.sealer());

        AuditPage page = await(new RedisAuditReader(audited.base)
                .page(new TenantId("quiet"), new AuditQuery(Optional.empty(), Optional.empty(), Optional.empty(), 10)));

        assertThat(page.entries()).hasSize(1);
        assertThat(page.next()).isEmpty();
    }

    private AuditPage page(Optional<Position> before, int limit) {
        return await(new RedisAuditReader(audited.base)
                .page(TENANT, new AuditQuery(before, Optional.empty(), Optional.empty(), limit)));
    }

    /** Makes a checkpoint older, as somebody with the key could. */
    private void age(Checkpoint checkpoint, Duration by) {
        Checkpoint older = key().checkpoint(
                        checkpoint.position(),
                        checkpoint.mac(),
                        checkpoint.time().orElseThrow().minus(by));
        List<Entry> all = audited.entries(AuditKey.AUDIT_CHECKPOINTS).stream()
                .map(entry -> AuditReplies.checkpoint(entry))
                .map(one -> one.position().compareTo(checkpoint.position()) <= 0
                        ? key().checkpoint(
                                        one.position(),
                                        one.mac(),
                                        one.time().orElseThrow().minus(by))
                        : one)
                .map(one -> new Entry(
                        one.position(), List.of("mac", one.mac(), "at", one.at(), "signature", one.signature())))
                .toList();
        assertThat(key().signedCheckpoint(older)).isTrue();
        audited.rewrite(AuditKey.AUDIT_CHECKPOINTS, all);
    }

    private List<SealedEntry> sealed() {
        return audited.entries(AuditKey.AUDIT_SEALED).stream()
                .map(entry -> AuditReplies.sealed(entry).orElseThrow())
                .toList();
    }

    private List<Checkpoint> checkpoints() {
        return audited.entries(AuditKey.AUDIT_CHECKPOINTS).stream()
                .map(AuditReplies::checkpoint)
                .toList();
    }

    private Claim claim() {
        return claim("nonce-1", "");
    }

    private Claim claim(String nonce, String acknowledged) {
        return await(audited.store.queue().tick(0, "w-1", 1, nonce, acknowledged)).claimed().stream()
                .map(ClaimedTask::claim)
                .findFirst()
                .orElseThrow();
    }

    private static Progress progress(long number, StepEntry... intents) {
        return new Progress(
                number, List.of(), List.of(intents), TaskUsage.NONE, List.of(), List.of(), Duration.ofSeconds(30));
    }

    private long scripts() {
        return audited.redis
                .command("INFO", "commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_evalsha:") || line.startsWith("cmdstat_eval:"))
                .mapToLong(line -> Long.parseLong(line.replaceFirst(".*:calls=(\\d+),.*", "$1")))
                .sum();
    }

    private static Position at(long number) {
        return new Position(number, 0);
    }

    private static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    private static void eventually(String what, BooleanSupplier holds) {
        long end = System.nanoTime() + AuditedStore.PATIENCE.toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            pause(Duration.ofMillis(1));
        }
    }
}
