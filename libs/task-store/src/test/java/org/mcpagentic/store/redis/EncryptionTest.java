package org.mcpagentic.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mcpagentic.store.redis.TestStore.await;
import static org.mcpagentic.store.redis.TestStore.done;
import static org.mcpagentic.store.redis.TestStore.intending;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mcpagentic.localredis.LocalRedis;
import org.mcpagentic.store.Approval;
import org.mcpagentic.store.ApprovalDecision;
import org.mcpagentic.store.ApprovalRequest;
import org.mcpagentic.store.CallArguments;
import org.mcpagentic.store.Claim;
import org.mcpagentic.store.ClaimedTask;
import org.mcpagentic.store.Ending;
import org.mcpagentic.store.MemoryKey;
import org.mcpagentic.store.NewMemory;
import org.mcpagentic.store.NewTask;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.Priority;
import org.mcpagentic.store.Progress.StepEntry;
import org.mcpagentic.store.Question;
import org.mcpagentic.store.QuestionLedger.Admission;
import org.mcpagentic.store.QuestionLedger.Answered;
import org.mcpagentic.store.ResponseId;
import org.mcpagentic.store.SessionId;
import org.mcpagentic.store.Task;
import org.mcpagentic.store.TaskError;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TaskSpec;
import org.mcpagentic.store.TaskState;
import org.mcpagentic.store.TaskStatus;
import org.mcpagentic.store.TaskUsage;
import org.mcpagentic.store.TenantId;

/** What lies in a Redis whose store is encrypted, and what happens where a key is missing. */
class EncryptionTest {

    private static final TenantId TENANT = new TenantId("ours");
    private static final TenantId OTHER = new TenantId("theirs");
    private static final String OLD = EnvelopeTest.key("old", 1);
    private static final String NEW = EnvelopeTest.key("new", 2);
    private static final MemoryKey MEMORY = new MemoryKey("key");

    /** Of arguments: without their seal it would tell what a guess is worth. */
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    /** Everything that people, models and tools write, one text for each place. */
    private static final List<String> PLANTED = List.of(
            "planted-input",
            "planted-label-name",
            "planted-label-value",
            "planted-intent",
            "planted-outcome",
            "planted-given-outcome",
            "planted-last-outcome",
            "planted-result",
            "planted-failure",
            "planted-retry",
            "planted-suspension",
            "planted-argument",
            "planted-edit",
            "planted-reason",
            DIGEST,
            "planted-prompt",
            "planted-answer",
            "planted-memory");

    private LocalRedis redis;
    private Path folder;

    @BeforeEach
    void start(@TempDir Path data) {
        folder = data;
        redis = LocalRedis.builder()
                .dataFolder(folder)
                .option("appendfsync", "always")
                .start();
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    @Test
    void nothingThatWasWrittenLiesInRedisOrItsFileAsItWas() throws IOException {
        try (TestStore store = store(NEW)) {
            plant(store);

            assertThat(dump(store)).contains("ours", "x:new:").doesNotContain(PLANTED);
        }
        assertThat(files()).contains("ours", "x:new:").doesNotContain(PLANTED);
    }

    /** Without it the test above would also pass if nothing had been planted, or nothing been read. */
    @Test
    void allThatWasWrittenLiesThereWithoutKeys() throws IOException {
        try (TestStore store = store()) {
            plant(store);

            assertThat(dump(store)).contains(PLANTED);
        }
        assertThat(files()).contains(PLANTED);
    }

    @Test
    void whatWasKeptBeforeItWasTurnedOnIsRead() {
        TaskId id;
        Task before;
        try (TestStore store = store()) {
            plant(store);
            before = await(store.tasks.list(TENANT, Optional.empty(), OptionalLong.empty(), 1))
                    .tasks()
                    .getFirst();
            id = before.id();
        }
        try (TestStore store = store(NEW)) {
            assertThat(await(store.tasks.read(TENANT, id)).task()).isEqualTo(before);
            assertThat(await(store.memory.get(TENANT, MEMORY)).orElseThrow().value())
                    .isEqualTo("planted-memory");
        }
    }

    @Test
    void aKeyIsChangedInTwoStepsWithoutLosingAnything() {
        TaskId first;
        TaskId second;
        try (TestStore store = store(OLD)) {
            first = store.aQueuedTask(TENANT).id();
        }
        try (TestStore prepared = store(OLD, NEW);
                TestStore rotated = store(NEW, OLD)) {
            second = rotated.aQueuedTask(TENANT).id();
            assertThat(prepared.statusOf(TENANT, second)).isEqualTo(TaskStatus.QUEUED);
            assertThat(rotated.claim("worker", 5))
                    .extracting(claimed -> claimed.spec().input())
                    .containsExactly("What is 2 + 2?", "What is 2 + 2?");
        }
        try (TestStore store = store(NEW)) {
            assertThat(store.statusOf(TENANT, second)).isEqualTo(TaskStatus.RUNNING);
            assertUnreadable(store.tasks.read(TENANT, first), "sealed with the key old");
        }
    }

    @Test
    void whoseKeyIsMissingIsNotTakenForUnknown() {
        ResponseId response;
        try (TestStore store = store(OLD)) {
            response = plant(store);
        }
        try (TestStore store = store(NEW)) {
            String why = "a payload was sealed with the key old, which store.encryption.keys does not have";
            assertUnreadable(store.tasks.list(TENANT, Optional.empty(), OptionalLong.empty(), 10), why);
            assertUnreadable(store.questions.find(TENANT, response), why);
            assertUnreadable(store.memory.get(TENANT, MEMORY), why);
        }
    }

    @Test
    void aTaskThatCannotBeOpenedIsPutOffAndOthersAreClaimed() {
        TaskId sealed;
        try (TestStore store = store(OLD)) {
            sealed = store.aQueuedTask(TENANT).id();
        }
        try (TestStore store = store(NEW)) {
            TaskId own = store.aQueuedTask(TENANT).id();

            List<ClaimedTask> claimed = store.claim("worker", 5);

            assertThat(claimed).extracting(task -> task.claim().task()).containsExactly(own);
        }
        try (TestStore store = store(NEW, OLD)) {
            assertThat(await(store.tasks.read(TENANT, sealed)).task().state())
                    .isInstanceOfSatisfying(
                            TaskState.Retrying.class,
                            later -> assertThat(later.error().code()).isEqualTo("payload_unreadable"));
        }
    }

    @Test
    void whatIsMovedToAnotherTenantOrTaskDoesNotOpen() {
        try (TestStore store = store(NEW)) {
            TaskId ours = store.aCreatedTask(TENANT).id();
            TaskId alsoOurs = store.aCreatedTask(TENANT).id();
            TaskId theirs = store.aCreatedTask(OTHER).id();
            String sealed = store.raw(Command.HGET, task(ours), "private").toString();
            store.raw(Command.HSET, task(theirs), "private", sealed);
            store.raw(Command.HSET, task(alsoOurs), "private", sealed);

            assertUnreadable(store.tasks.read(OTHER, theirs), "does not open");
            assertUnreadable(store.tasks.read(TENANT, alsoOurs), "does not open");
            assertThat(store.statusOf(TENANT, ours)).isEqualTo(TaskStatus.CREATED);
        }
    }

    @Test
    void aTaskThatIsGivenToAnotherTenantDoesNotOpen() {
        try (TestStore store = store(NEW)) {
            TaskId ours = store.aCreatedTask(TENANT).id();
            store.raw(Command.HSET, task(ours), "tenant", OTHER.value());

            assertUnreadable(store.tasks.read(OTHER, ours), "does not open");
        }
    }

    @Test
    void isNotOpenedWithoutKeysOnceItWasEncrypted() {
        store(NEW).close();

        assertThatThrownBy(this::store)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the store in Redis is encrypted; set store.encryption.keys");
    }

    @Test
    void isNotOpenedWithAnotherKeyUnderTheSameId() {
        store(NEW).close();

        assertThatThrownBy(() -> store(EnvelopeTest.key("new", 3)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the key new is another one");
        assertThat(redis.command("HGET", Key.META, "key:new")).startsWith("x:new:");
    }

    @Test
    void isNotMadeWithWhatIsNoKey() {
        assertThatThrownBy(() -> store("new:c2hvcnQ="))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("store.encryption.keys: entry 1 has 5 bytes behind its id; a key has 32");
    }

    private TestStore store(String... keys) {
        return TestStore.on(
                redis.url(), keys.length == 0 ? Map.of() : Map.of("encryption.keys", String.join(",", keys)));
    }

    /** Leaves one of {@link #PLANTED} in every place where something of the kind is kept. */
    private static ResponseId plant(TestStore store) {
        claimed(store, claim -> {
            await(store.queue.advance(claim, intending(new StepEntry(1, "planted-intent", ""))));
            await(store.queue.advance(claim, done(TaskUsage.NONE, new StepEntry(1, "planted-outcome", ""))));
            await(store.queue.advance(claim, intending(new StepEntry(2, "planted-intent", "calculator"))));
            return await(store.queue.end(
                    claim,
                    done(TaskUsage.NONE, new StepEntry(2, "planted-last-outcome", "calculator")),
                    new Ending.Succeeded("planted-result")));
        });
        claimed(store, claim -> store.end(claim, new Ending.Failed(new TaskError("failed", "planted-failure"))));
        claimed(
                store,
                claim -> store.end(
                        claim, new Ending.RetryLater(new TaskError("later", "planted-retry"), Duration.ofHours(1))));
        claimed(store, claim -> {
            await(store.queue.advance(claim, intending(new StepEntry(1, "planted-intent", "post"))));
            store.end(claim, new Ending.Suspended(new TaskError("outcome_unknown", "planted-suspension")));
            return await(store.tasks.resolve(
                    TENANT,
                    new OwnerId("tester"),
                    claim.task(),
                    "nonce",
                    1,
                    Optional.of(new StepEntry(1, "planted-given-outcome", "post"))));
        });
        claimed(
                store,
                claim ->
                        store.end(claim, new Ending.Suspended(new TaskError("outcome_unknown", "planted-suspension"))));
        plantApprovals(store);
        await(store.memory.put(TENANT, new NewMemory(MEMORY, "planted-memory", Optional.empty())));
        Question question = new Question(
                TENANT, new OwnerId("local"), new SessionId("session-1"), "test", Optional.empty(), List.of());
        if (await(store.questions.admit(question)) instanceof Admission.Admitted(var id, var left)) {
            Answered answer = new Answered("planted-prompt", "planted-answer", "offline", 3, 2, 1);
            await(store.questions.settle(id, question, answer, List.of()));
            return id;
        }
        throw new AssertionError("the question was not admitted");
    }

    private static void plantApprovals(TestStore store) {
        CallArguments asked = new CallArguments("planted-argument", DIGEST);
        CallArguments edited = new CallArguments("planted-edit", DIGEST);
        for (ApprovalDecision decision :
                List.of(new ApprovalDecision.ApproveEdited(edited, 1), new ApprovalDecision.Refuse("planted-reason"))) {
            claimed(store, claim -> {
                TaskStatus waiting = store.end(
                        claim,
                        new Ending.Suspended(
                                new TaskError("approval_required", "planted-suspension"),
                                List.of(new ApprovalRequest(2, "post", "idempotent", asked, Duration.ofHours(1)))));
                Approval approval =
                        await(store.approvals.ofTask(TENANT, claim.task())).getFirst();
                assertThat(approval.arguments()).isEqualTo(asked);
                await(store.approvals.decide(TENANT, new OwnerId("tester"), approval.id(), "nonce", decision));
                return waiting;
            });
        }
    }

    private static void claimed(TestStore store, Function<Claim, TaskStatus> then) {
        TaskSpec spec = new TaskSpec(
                TENANT,
                new OwnerId("local"),
                new SessionId("session-1"),
                Priority.NORMAL,
                "planted-input",
                List.of("calculator"),
                Optional.empty(),
                Map.of("planted-label-name", "planted-label-value"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
        TaskId id = await(store.tasks.create(new NewTask(spec, "test", true, Optional.empty(), List.of())))
                .task()
                .id();
        Claim claim = store.claim("worker", 64).stream()
                .map(ClaimedTask::claim)
                .filter(one -> one.task().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(then.apply(claim)).isNotNull();
    }

    /** All that Redis holds, by whatever type. */
    private static String dump(TestStore store) {
        StringBuilder all = new StringBuilder();
        for (String key : store.texts(Command.KEYS, "*")) {
            String type = store.raw(Command.TYPE, key).toString();
            all.append(key)
                    .append(' ')
                    .append(
                            switch (type) {
                                case "string" -> store.raw(Command.GET, key);
                                case "hash" -> store.raw(Command.HGETALL, key);
                                case "list" -> store.raw(Command.LRANGE, key, "0", "-1");
                                case "set" -> store.raw(Command.SMEMBERS, key);
                                case "zset" -> store.raw(Command.ZRANGE, key, "0", "-1");
                                case "stream" -> store.raw(Command.XRANGE, key, "-", "+");
                                default -> throw new AssertionError("there is something of the type " + type);
                            })
                    .append('\n');
        }
        return all.toString();
    }

    /** All that Redis has ever written to its disk: also what was replaced or removed since. */
    private String files() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    private static void assertUnreadable(Uni<?> call, String why) {
        assertThatThrownBy(() -> await(call))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("planted");
    }

    private static String task(TaskId id) {
        return Key.TASK.in(0, id.value());
    }
}
