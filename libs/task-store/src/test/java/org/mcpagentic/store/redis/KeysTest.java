package org.mcpagentic.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mcpagentic.store.redis.TestStore.await;

import io.vertx.mutiny.redis.client.Command;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mcpagentic.localredis.LocalRedis;
import org.mcpagentic.store.ApprovalRequest;
import org.mcpagentic.store.CallArguments;
import org.mcpagentic.store.Claim;
import org.mcpagentic.store.ClaimedTask;
import org.mcpagentic.store.Ending;
import org.mcpagentic.store.Guard;
import org.mcpagentic.store.Idempotency;
import org.mcpagentic.store.MemoryKey;
import org.mcpagentic.store.NewMemory;
import org.mcpagentic.store.NewTask;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.Progress.Settlement;
import org.mcpagentic.store.Progress.StepEntry;
import org.mcpagentic.store.Question;
import org.mcpagentic.store.QuestionLedger.Admission;
import org.mcpagentic.store.QuestionLedger.Answered;
import org.mcpagentic.store.SessionId;
import org.mcpagentic.store.TaskError;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TenantId;

/** What lies in Redis after busy times: nothing that {@link Key} does not name, and nothing for ever but what is meant to. */
class KeysTest {

    private static final Pattern SHAPE = Pattern.compile("mcp:\\{[0-9a-z]+}:([a-z]+)(:.*)?");
    private static final Answered ANSWER = new Answered("why?", "because", "offline", 3, 2, 1);
    private static final TaskError ERROR = new TaskError("model_failed", "no");

    private static final ApprovalRequest REQUEST = new ApprovalRequest(
            2, "mail", "non_idempotent", new CallArguments("{}", "0".repeat(64)), Duration.ofHours(1));

    private LocalRedis redis;
    private TestStore store;

    @BeforeEach
    void start() {
        redis = LocalRedis.start();
        store = TestStore.on(redis.url(), Map.of("shards", "3"));
    }

    @AfterEach
    void stop() {
        store.close();
        redis.close();
    }

    @Test
    void questionsLeaveNothingForEverButTheirCounters() {
        for (int i = 0; i < 40; i++) {
            ask(new TenantId("tenant-" + i % 5), i);
        }

        Set<String> forEver = new TreeSet<>();
        for (String key : keys()) {
            if (store.raw(Command.TTL, key).toLong() == -1) {
                forEver.add(key);
            }
        }

        assertThat(forEver).isNotEmpty().allMatch(key -> key.equals(Key.META) || isOneOf(key, Key.ASKS, Key.OUTBOX));
    }

    @Test
    void everyKeyIsOneThatIsNamed() {
        for (int i = 0; i < 40; i++) {
            ask(new TenantId("tenant-" + i % 5), i);
            create(new TenantId("tenant-" + i % 5), i);
        }
        work();
        remember();

        assertThat(keys()).hasSizeGreaterThan(200).allMatch(key -> key.equals(Key.META) || isOneOf(key, Key.values()));
    }

    @Test
    void aWorkerThatHasLeftLeavesNothing() {
        IntStream.range(0, 40).forEach(i -> create(new TenantId("tenant-" + i % 5), i));
        work();
        await(store.queue.leave("worker"));

        TestStore.eventually("its leases are gone", () -> {
            store.claim("another", 0);
            return keys().stream().noneMatch(key -> key.endsWith(":worker"))
                    && IntStream.range(0, 3)
                            .mapToObj(shard -> store.raw(Command.ZSCORE, Key.WORKERS.in(shard, ""), "worker"))
                            .allMatch(score -> score == null);
        });

        assertThat(keys()).noneMatch(key -> isOneOf(key, Key.READY, Key.RING, Key.DEADLINES, Key.CANCELS));
    }

    private void ask(TenantId tenant, int number) {
        Guard rate = new Guard.Rate("rate:" + tenant, Duration.ofMillis(1), 1_000);
        Guard atOnce = new Guard.Slots("at-once:" + tenant, 1_000, Duration.ofHours(1));
        Question question = new Question(
                tenant,
                new OwnerId("local"),
                new SessionId("session-" + number % 3),
                "test",
                Optional.of(new Idempotency("POST /ask " + number, "f")),
                List.of(rate, atOnce));
        List<Settlement> back = List.of();
        if (await(store.questions.admit(question)) instanceof Admission.Admitted(var id, var left)) {
            if (number % 3 == 0) {
                await(store.questions.abandon(id, question, number % 2 == 0, back));
            } else {
                await(store.questions.settle(id, question, ANSWER, back));
            }
        }
    }

    private void create(TenantId tenant, int number) {
        TaskId id = await(store.tasks.create(new NewTask(
                        TestStore.spec(tenant, "x"),
                        "test",
                        number % 4 != 0,
                        Optional.of(new Idempotency("POST /task " + number, "f")),
                        List.of())))
                .task()
                .id();
        if (number % 8 == 0) {
            await(store.tasks.cancel(tenant, new OwnerId("tester"), id));
        } else if (number % 4 == 0) {
            await(store.tasks.enqueue(tenant, id));
        }
    }

    private void work() {
        List<ClaimedTask> claimed = store.claim("worker", 64);
        for (int i = 0; i < claimed.size(); i++) {
            Claim claim = claimed.get(i).claim();
            await(store.queue.advance(claim, TestStore.intending(new StepEntry(1, "think", ""))));
            if (i % 3 == 0) {
                await(store.tasks.cancel(claimed.get(i).spec().tenant(), new OwnerId("tester"), claim.task()));
            }
            store.end(claim, i % 5 == 1 ? new Ending.Suspended(ERROR, List.of(REQUEST)) : new Ending.Succeeded("yes"));
        }
    }

    private void remember() {
        for (int i = 0; i < 40; i++) {
            NewMemory memory = new NewMemory(
                    new MemoryKey("key-" + i), "x", i % 2 == 0 ? Optional.of(Duration.ofHours(1)) : Optional.empty());
            await(store.memory.put(new TenantId("tenant-" + i % 5), memory));
        }
    }

    private List<String> keys() {
        return store.texts(Command.KEYS, "*");
    }

    private static boolean isOneOf(String key, Key... expected) {
        var shape = SHAPE.matcher(key);
        if (!shape.matches()) {
            return false;
        }
        String rest = key.substring(key.indexOf("}:") + 2);
        return Arrays.stream(expected)
                .filter(one -> !EnumSet.of(Key.LIVE, Key.WORK, Key.DELTA).contains(one))
                .map(one -> one.in(0, "").substring(Key.base(0).length()))
                .anyMatch(suffix -> suffix.endsWith(":") ? rest.startsWith(suffix) : rest.equals(suffix));
    }
}
