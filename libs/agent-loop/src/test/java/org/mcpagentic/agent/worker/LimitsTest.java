package org.mcpagentic.agent.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mcpagentic.agent.loop.AgentLoop;
import org.mcpagentic.agent.loop.LoopLimits;
import org.mcpagentic.agent.loop.StepListener;
import org.mcpagentic.agent.mask.OutputFilter;
import org.mcpagentic.agent.model.LanguageModel;
import org.mcpagentic.agent.model.Message.UserMessage;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.ModelException;
import org.mcpagentic.agent.model.Models;
import org.mcpagentic.agent.model.Prompt;
import org.mcpagentic.agent.model.Usage;
import org.mcpagentic.agent.tool.Toolbox;
import org.mcpagentic.localredis.LocalRedis;
import org.mcpagentic.store.DailyBudget;
import org.mcpagentic.store.Guard;
import org.mcpagentic.store.NewTask;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.Priority;
import org.mcpagentic.store.SessionId;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.StoreException.Code;
import org.mcpagentic.store.Task;
import org.mcpagentic.store.TaskError;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TaskSpec;
import org.mcpagentic.store.TaskState;
import org.mcpagentic.store.TaskStatus;
import org.mcpagentic.store.TenantId;
import org.mcpagentic.store.redis.RedisConnections;
import org.mcpagentic.store.redis.RedisStore;
import org.mcpagentic.store.redis.StoreConfig;

/** One caller's budget of the day and places, with more tasks at once than they allow. */
class LimitsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int TASKS = 50;
    private static final int AFFORDABLE = 10;
    private static final int PLACES = 5;
    private static final OwnerId OWNER = new OwnerId("k0-1");
    private static final DailyBudget BUDGET =
            new DailyBudget("tokens:k0-1", DailyBudget.Unit.TOKENS, AFFORDABLE * MeteredModel.MOST);
    private static final Guard.Slots AT_ONCE = new Guard.Slots("tasks:k0-1", PLACES, Duration.ofDays(30));

    /** Why not today: a day that ends in the middle of the test would give everybody a new budget. */
    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-07-01T12:00:00Z"));

    private final Vertx vertx = Vertx.vertx();
    private final List<Worker> workers = new ArrayList<>();
    private final LocalRedis redis = LocalRedis.start();
    private final RedisStore store = open();

    private RedisStore open() {
        Redis client = Redis.createClient(vertx, new RedisOptions().setConnectionString(redis.url()));
        RedisStore opened = new RedisStore(
                new RedisConnections(client, client, client),
                config(StoreConfig.class, Map.of("store.lease", "1s", "store.most-attempts", "1")),
                (script, took) -> {},
                Clock.systemUTC());
        opened.open().await().atMost(PATIENCE);
        opened.listen();
        return opened;
    }

    @AfterEach
    void stop() {
        workers.forEach(worker -> worker.stop().await().atMost(PATIENCE));
        store.close();
        vertx.closeAndAwait();
        redis.close();
    }

    @Test
    void aBudgetForTenTurnsLetsTenOfFiftyTasksThroughAndPutsTheOthersOff() {
        MeteredModel model = new MeteredModel(MeteredModel.MOST);
        aWorker(model);
        aWorker(model);

        List<TaskId> ids = fiftyTasks();

        untilAllOthersWerePutOff(ids, AFFORDABLE);
        assertThat(model.highest()).isEqualTo(BUDGET.limit());
        assertThat(model.spent()).isEqualTo(BUDGET.limit());
        assertThat(ids.stream().mapToLong(id -> tokens(read(id))).sum()).isEqualTo(BUDGET.limit());
    }

    @Test
    void whatATurnDidNotUseOthersMayAndTheBudgetIsStillNeverExceeded() {
        int half = MeteredModel.MOST / 2;
        // why one less than twice as many: the last half is too little for another turn
        int affordable = 2 * AFFORDABLE - 1;
        MeteredModel model = new MeteredModel(half);
        aWorker(model);
        aWorker(model);

        List<TaskId> ids = fiftyTasks();

        untilAllOthersWerePutOff(ids, affordable);
        assertThat(model.highest()).isLessThanOrEqualTo(BUDGET.limit());
        assertThat(model.spent()).isEqualTo((long) affordable * half);
        assertThat(ids.stream().mapToLong(id -> tokens(read(id))).sum()).isEqualTo((long) affordable * half);
    }

    @Test
    void ofFiftyTasksAtOnceAsManyAreLetInAsThereArePlaces() {
        List<TaskId> in = letIn(TASKS);

        assertThat(in).hasSize(PLACES);
        assertThat(letIn(1)).isEmpty();
    }

    @Test
    void aPlaceIsFreeAgainHoweverATaskEnds() {
        Script script = new Script();
        List<TaskId> in = letIn(TASKS);
        // why its own name only: a worker that claims and is never heard of again is a dead one
        store.queue().tick(0, "dead", 1, "nonce", "").await().atMost(PATIENCE);
        TaskId lost = in.stream()
                .filter(id -> statusOf(id) == TaskStatus.RUNNING)
                .findFirst()
                .orElseThrow();
        assertThat(letIn(TASKS)).isEmpty();

        aWorker(script);
        until(() -> statusOf(lost) == TaskStatus.FAILED);
        assertThat(error(read(lost))).isEqualTo("worker_lost");
        List<TaskId> afterALoss = letIn(TASKS);
        assertThat(afterALoss).hasSize(1);

        script.end(in, lost, "succeed");
        until(() -> in.stream().anyMatch(id -> statusOf(id) == TaskStatus.SUCCEEDED));
        assertThat(letIn(TASKS)).hasSize(1);

        script.end(in, lost, "fail");
        until(() -> in.stream().anyMatch(id -> !id.equals(lost) && statusOf(id) == TaskStatus.FAILED));
        assertThat(letIn(TASKS)).hasSize(1);

        TaskId cancelled = afterALoss.getFirst();
        store.tasks().cancel(TenantId.DEFAULT, OWNER, cancelled).await().atMost(PATIENCE);
        until(() -> statusOf(cancelled) == TaskStatus.CANCELLED);
        assertThat(letIn(TASKS)).hasSize(1);
    }

    /** Tries to have that many tasks queued at once, every other one in two steps; returns those that were let in. */
    private List<TaskId> letIn(int tasks) {
        List<Uni<Optional<TaskId>>> attempts = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            boolean atOnce = i % 2 == 0;
            String input = UUID.randomUUID().toString();
            attempts.add(store.tasks()
                    .create(new NewTask(
                            spec(input, List.of()),
                            "test",
                            atOnce,
                            Optional.empty(),
                            atOnce ? List.of(AT_ONCE) : List.of()))
                    .map(creation -> creation.task().id())
                    .call(id -> atOnce
                            ? Uni.createFrom().voidItem()
                            : store.tasks().enqueue(TenantId.DEFAULT, id, List.of(AT_ONCE)))
                    .map(Optional::of)
                    .onFailure(LimitsTest::allPlacesAreTaken)
                    .recoverWithItem(Optional.empty()));
        }
        return Uni.join().all(attempts).andFailFast().await().atMost(PATIENCE).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static boolean allPlacesAreTaken(Throwable failure) {
        return failure instanceof StoreException refusal
                && refusal.code() == Code.GUARD_REFUSED
                && refusal.guard().equals(Optional.of(Guard.Kind.SLOTS));
    }

    private List<TaskId> fiftyTasks() {
        List<Uni<TaskId>> creations = IntStream.range(0, TASKS)
                .mapToObj(i -> store.tasks()
                        .create(new NewTask(
                                spec("task " + i, List.of(BUDGET)), "test", true, Optional.empty(), List.of()))
                        .map(creation -> creation.task().id()))
                .toList();
        return Uni.join().all(creations).andFailFast().await().atMost(PATIENCE);
    }

    /** Waits until that many tasks succeeded and each other one was put off after that; no more than that many ever succeed. */
    private void untilAllOthersWerePutOff(List<TaskId> ids, int succeeding) {
        until(() -> succeeded(ids).size() >= succeeding);
        Set<TaskId> putOff = new HashSet<>();
        until(() -> {
            ids.forEach(id -> {
                Task task = read(id);
                if (task.status() == TaskStatus.RETRYING && error(task).equals("budget_exhausted")) {
                    putOff.add(id);
                }
            });
            return putOff.size() >= TASKS - succeeding;
        });
        assertThat(succeeded(ids)).hasSize(succeeding).doesNotContainAnyElementsOf(putOff);
        assertThat(ids.stream().map(this::statusOf))
                .isSubsetOf(TaskStatus.SUCCEEDED, TaskStatus.RETRYING, TaskStatus.QUEUED, TaskStatus.RUNNING);
    }

    private List<TaskId> succeeded(List<TaskId> ids) {
        return ids.stream().filter(id -> statusOf(id) == TaskStatus.SUCCEEDED).toList();
    }

    private static long tokens(Task task) {
        return task.usage().inputTokens() + task.usage().outputTokens();
    }

    private static String error(Task task) {
        return switch (task.state()) {
            case TaskState.Retrying(Instant until, TaskError error) -> error.code();
            case TaskState.Failed(TaskError error) -> error.code();
            case TaskState.Created created -> "";
            case TaskState.Queued queued -> "";
            case TaskState.Running running -> "";
            case TaskState.Waiting waiting -> "";
            case TaskState.Cancelling cancelling -> "";
            case TaskState.Succeeded succeeded -> "";
            case TaskState.Cancelled cancelled -> "";
        };
    }

    private static TaskSpec spec(String input, List<DailyBudget> budgets) {
        return new TaskSpec(
                TenantId.DEFAULT,
                OWNER,
                new SessionId("session-1"),
                Priority.NORMAL,
                input,
                List.of(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                budgets);
    }

    private TaskStatus statusOf(TaskId id) {
        return read(id).status();
    }

    private Task read(TaskId id) {
        return store.tasks().read(TenantId.DEFAULT, id).await().atMost(PATIENCE).task();
    }

    @SuppressWarnings("deprecation") // why: as the factory does it
    private void aWorker(LanguageModel model) {
        Toolbox toolbox = new Toolbox(List.of(), OutputFilter.NONE);
        LoopLimits limits = new LoopLimits(10, Duration.ofMinutes(10), Duration.ofMinutes(1), 1_000_000, 1_000_000);
        AgentLoop loop = new AgentLoop(Models.only(model), toolbox, limits, new SteadyClock(), NOON);
        Worker worker = new Worker(
                store.queue(),
                new TaskRunner(loop, store.tasks(), store.queue(), new Silence()),
                config(
                        WorkerConfig.class,
                        Map.of("worker.slots", "32", "worker.heartbeat", "200ms", "worker.grace", "0s")),
                new EventLoops(vertx.getDelegate().nettyEventLoopGroup()),
                UUID.randomUUID().toString());
        worker.start();
        workers.add(worker);
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static <T> T config(Class<T> mapping, Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(mapping)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(mapping);
    }

    /** A model that ends no turn before it is told to. */
    private final class Script implements LanguageModel {

        private final Map<String, UniEmitter<? super ModelEvent>> open = new ConcurrentHashMap<>();

        /** Ends the turn of one of these tasks that is under way, but for one. */
        void end(List<TaskId> tasks, TaskId but, String how) {
            List<String> inputs = tasks.stream()
                    .filter(id -> !id.equals(but))
                    .map(id -> LimitsTest.this.read(id).spec().input())
                    .toList();
            until(() -> inputs.stream().anyMatch(open::containsKey));
            String input = inputs.stream().filter(open::containsKey).findFirst().orElseThrow();
            UniEmitter<? super ModelEvent> turn = open.remove(input);
            if (turn == null) {
                throw new IllegalStateException("that turn is over");
            }
            if (how.equals("fail")) {
                turn.fail(new ModelException(ModelException.Kind.BLOCKED, "the model said no", Optional.empty()));
            } else {
                turn.complete(new ModelEvent.Answer(name(), "42", Usage.NONE, Optional.empty()));
            }
        }

        @Override
        public String name() {
            return "script";
        }

        @Override
        public long contextTokens() {
            return 100_000;
        }

        @Override
        public Multi<ModelEvent> next(Prompt prompt) {
            String input = ((UserMessage) prompt.messages().getFirst()).text();
            return Uni.createFrom()
                    .<ModelEvent>emitter(emitter -> open.put(input, emitter))
                    .toMulti();
        }
    }

    private static final class Silence implements StepListener {
        @Override
        public void textArrived(int step, String text) {}

        @Override
        public void modelAnswered(String model, Duration took, Usage usage) {}

        @Override
        public void modelFailed(String model, Duration took) {}

        @Override
        public void toolReturned(String tool, Duration took, boolean failed) {}
    }
}
