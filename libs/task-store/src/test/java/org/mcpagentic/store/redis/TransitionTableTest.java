package org.mcpagentic.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mcpagentic.store.redis.TestStore.await;
import static org.mcpagentic.store.redis.TestStore.nothing;

import io.vertx.mutiny.redis.client.Command;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mcpagentic.localredis.LocalRedis;
import org.mcpagentic.store.Claim;
import org.mcpagentic.store.Ending;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.StoreException.Code;
import org.mcpagentic.store.Task;
import org.mcpagentic.store.TaskError;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TaskStatus;
import org.mcpagentic.store.TenantId;
import org.mcpagentic.store.Transition;

/**
 * Every transition is tried on a real task in every status. What no port lets happen is forced on the scripts: a claim
 * that nobody gave, a place among what is due or ready. So it is the scripts' tables that are compared with
 * {@link Transition}, not the paths that usually lead to them.
 */
class TransitionTableTest {

    private static final TaskError ERROR = new TaskError("model_failed", "no");

    private static LocalRedis redis;
    private static TestStore store;
    private static TestStore hasty;

    private final TenantId tenant =
            new TenantId("t" + UUID.randomUUID().toString().substring(0, 8));
    private final String worker = "worker-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        redis = LocalRedis.start();
        store = TestStore.on(redis.url(), Map.of());
        hasty = TestStore.on(redis.url(), Map.of("unrun-expiry", "1ms"));
    }

    @AfterAll
    static void stop() {
        hasty.close();
        store.close();
        redis.close();
    }

    /** A task with the claim that led to its status, if one did. */
    private record Subject(TaskId id, Optional<Claim> claim) {}

    static Stream<Arguments> everyStatusAndTransition() {
        return Arrays.stream(TaskStatus.values())
                .flatMap(status ->
                        Arrays.stream(Transition.values()).map(transition -> Arguments.of(status, transition)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("everyStatusAndTransition")
    void leadsWhereTheTableSaysAndNowhereElse(TaskStatus from, Transition transition) {
        Subject subject = taskIn(from);
        assertThat(store.statusOf(tenant, subject.id())).isEqualTo(from);

        apply(transition, subject);

        assertThat(store.statusOf(tenant, subject.id())).isEqualTo(expected(from, transition));
    }

    @Test
    void expiresWhatWasNeverRun() {
        TaskId id = hasty.aCreatedTask(tenant).id();

        TestStore.eventually("the task expires", () -> {
            hasty.tick(0, worker, 0);
            return hasty.statusOf(tenant, id) == TaskStatus.CANCELLED;
        });
    }

    /** Both are due at a time, and the status alone decides which of them it is. */
    private static TaskStatus expected(TaskStatus from, Transition transition) {
        return switch (transition) {
            case PROMOTE, EXPIRE ->
                Transition.PROMOTE
                        .from(from)
                        .or(() -> Transition.EXPIRE.from(from))
                        .orElse(from);
            case ENQUEUE,
                    CLAIM,
                    SUCCEED,
                    FAIL,
                    RETRY_LATER,
                    SUSPEND,
                    RELEASE,
                    TIME_OUT,
                    RESUME,
                    CANCEL,
                    CONFIRM_CANCEL -> transition.from(from).orElse(from);
        };
    }

    private Subject taskIn(TaskStatus status) {
        return switch (status) {
            case CREATED -> new Subject(store.aCreatedTask(tenant).id(), Optional.empty());
            case QUEUED -> new Subject(store.aQueuedTask(tenant).id(), Optional.empty());
            case RUNNING -> claimed();
            case WAITING -> ended(new Ending.Suspended(ERROR));
            case RETRYING -> ended(new Ending.RetryLater(ERROR, Duration.ofHours(1)));
            case CANCELLING -> {
                Subject running = claimed();
                await(store.tasks.cancel(tenant, new OwnerId("tester"), running.id()));
                yield running;
            }
            case SUCCEEDED -> ended(new Ending.Succeeded("yes"));
            case FAILED -> ended(new Ending.Failed(ERROR));
            case CANCELLED -> {
                Task task = store.aCreatedTask(tenant);
                await(store.tasks.cancel(tenant, new OwnerId("tester"), task.id()));
                yield new Subject(task.id(), Optional.empty());
            }
        };
    }

    private Subject claimed() {
        TaskId id = store.aQueuedTask(tenant).id();
        Claim claim = store.claim(worker, 64).stream()
                .map(task -> task.claim())
                .filter(one -> one.task().equals(id))
                .findFirst()
                .orElseThrow();
        return new Subject(id, Optional.of(claim));
    }

    private Subject ended(Ending ending) {
        Subject running = claimed();
        store.end(running.claim().orElseThrow(), ending);
        return new Subject(running.id(), Optional.empty());
    }

    private void apply(Transition transition, Subject subject) {
        switch (transition) {
            case ENQUEUE -> await(store.tasks.enqueue(tenant, subject.id()));
            case CANCEL -> await(store.tasks.cancel(tenant, new OwnerId("tester"), subject.id()));
            case CLAIM -> claimWhatIsMadeReady(subject.id());
            case PROMOTE, EXPIRE -> {
                store.raw(Command.ZADD, Key.DUE.in(0, ""), "1", subject.id().value());
                store.tick(0, worker, 0);
            }
            case SUCCEED -> end(subject, new Ending.Succeeded("yes"));
            case FAIL -> end(subject, new Ending.Failed(ERROR));
            case RETRY_LATER -> end(subject, new Ending.RetryLater(ERROR, Duration.ofHours(1)));
            case SUSPEND -> end(subject, new Ending.Suspended(ERROR));
            case RELEASE -> end(subject, new Ending.Released());
            case CONFIRM_CANCEL -> end(subject, new Ending.CancelConfirmed());
            case TIME_OUT -> {
                store.raw(
                        Command.ZADD, Key.TIMEOUTS.in(0, ""), "1", subject.id().value());
                store.tick(0, worker, 0);
            }
            case RESUME -> resume(subject.id());
        }
    }

    private void resume(TaskId id) {
        store.raw(Command.HSET, Key.JOURNAL.in(0, id.value()), "i1", "1 1 p::send it");
        try {
            await(store.tasks.resolve(tenant, new OwnerId("tester"), id, "decision", 1, Optional.empty()));
        } catch (StoreException refusal) {
            assertThat(refusal.code()).isEqualTo(Code.ILLEGAL_TRANSITION);
        }
    }

    private void claimWhatIsMadeReady(TaskId id) {
        if (store.statusOf(tenant, id) != TaskStatus.QUEUED) {
            store.raw(Command.RPUSH, Key.READY.in(0, "normal:" + tenant), id.value());
            store.raw(Command.RPUSH, Key.RING.in(0, "normal"), tenant.value());
        }
        store.claim("another-" + worker, 64);
    }

    private void end(Subject subject, Ending ending) {
        Claim claim = subject.claim().orElseGet(() -> forged(subject.id()));
        try {
            await(store.queue.end(claim, nothing(), ending));
        } catch (StoreException refusal) {
            assertThat(refusal.code()).isEqualTo(Code.ILLEGAL_TRANSITION);
        }
    }

    private Claim forged(TaskId id) {
        store.raw(Command.HSET, Key.TASK.in(0, id.value()), "claim", "forged-1", "worker", worker);
        return new Claim(id, tenant, 1, "forged-1");
    }
}
