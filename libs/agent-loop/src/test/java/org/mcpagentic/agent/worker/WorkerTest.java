package org.mcpagentic.agent.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mcpagentic.agent.approval.CallPolicy;
import org.mcpagentic.agent.approval.CanonicalArguments;
import org.mcpagentic.agent.loop.CountingTool;
import org.mcpagentic.agent.loop.ScriptedModel;
import org.mcpagentic.agent.loop.StepListener;
import org.mcpagentic.agent.mask.OutputFilter;
import org.mcpagentic.agent.model.LanguageModel;
import org.mcpagentic.agent.model.ModelEvent;
import org.mcpagentic.agent.model.Models;
import org.mcpagentic.agent.model.Prompt;
import org.mcpagentic.agent.model.Usage;
import org.mcpagentic.agent.tool.OwnThread;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.Tool;
import org.mcpagentic.agent.tool.ToolContext;
import org.mcpagentic.agent.tool.ToolSpec;
import org.mcpagentic.agent.tool.Toolbox;
import org.mcpagentic.localredis.LocalRedis;
import org.mcpagentic.store.Approval;
import org.mcpagentic.store.ApprovalDecision;
import org.mcpagentic.store.CallArguments;
import org.mcpagentic.store.NewTask;
import org.mcpagentic.store.OwnerId;
import org.mcpagentic.store.Priority;
import org.mcpagentic.store.SessionId;
import org.mcpagentic.store.StatisticsReader.Work;
import org.mcpagentic.store.Task;
import org.mcpagentic.store.TaskHistory;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TaskSpec;
import org.mcpagentic.store.TaskState;
import org.mcpagentic.store.TaskStatus;
import org.mcpagentic.store.TenantId;
import org.mcpagentic.store.redis.RedisConnections;
import org.mcpagentic.store.redis.RedisStore;
import org.mcpagentic.store.redis.StoreConfig;

/** Workers on a real Redis. */
class WorkerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final List<Worker> workers = new ArrayList<>();
    private final LocalRedis redis = LocalRedis.start();
    private final AtomicInteger asked = new AtomicInteger();
    private final RedisStore store = open();

    private RedisStore open() {
        Redis client = Redis.createClient(vertx, new RedisOptions().setConnectionString(redis.url()));
        RedisStore opened = new RedisStore(
                new RedisConnections(client, client, client),
                config(StoreConfig.class, Map.of("store.lease", "1s")),
                (script, took) -> asked.incrementAndGet(),
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
    void runsWhatIsQueued() {
        aWorker(ScriptedModel.answering("42"), 4);

        TaskId id = aQueuedTask();

        Task task = ended(id).task();
        assertThat(task.status()).isEqualTo(TaskStatus.SUCCEEDED);
        assertThat(task.attempt()).isEqualTo(1);
    }

    @Test
    void startsSoonAfterATaskIsQueuedWithoutWaitingForTheHeartbeat() {
        aWorker(ScriptedModel.answering("42"), 4, Map.of("worker.heartbeat", "20s"));
        ended(aQueuedTask());

        Task second = ended(aQueuedTask()).task();

        assertThat(second.responseTime().orElseThrow()).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void runsNoMoreAtATimeThanItHasSlots() {
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ScriptedModel model = new ScriptedModel().then(() -> {
            most.accumulateAndGet(open.incrementAndGet(), Math::max);
            return ScriptedModel.answering("42")
                    .next(new Prompt("", List.of(), List.of()))
                    .onItem()
                    .call(event ->
                            Uni.createFrom().voidItem().onItem().delayIt().by(Duration.ofMillis(5)))
                    .onCompletion()
                    .invoke(open::decrementAndGet);
        });
        aWorker(model, 3);

        List<TaskId> ids = IntStream.range(0, 30).mapToObj(i -> aQueuedTask()).toList();

        ids.forEach(this::ended);
        assertThat(most.get()).isBetween(1, 3);
        assertThat(store.statistics()
                        .read(Work.TASKS, TenantId.DEFAULT)
                        .await()
                        .atMost(PATIENCE)
                        .processed())
                .isEqualTo(30);
    }

    @Test
    void doesNotAskAgainAndAgainWhileAllSlotsAreTaken() {
        AtomicBoolean busy = new AtomicBoolean();
        aWorker(silent(busy, new AtomicBoolean()), 1);
        aQueuedTask();
        until(busy::get);
        aQueuedTask();
        long end = System.nanoTime() + Duration.ofMillis(100).toNanos();
        until(() -> System.nanoTime() > end);
        int before = asked.get();

        long later = System.nanoTime() + Duration.ofSeconds(1).toNanos();
        until(() -> System.nanoTime() > later);

        // why some: the heartbeat goes on
        assertThat(asked.get() - before).isLessThan(10);
    }

    @Test
    void abortsTheModelsCallOfACancelledTask() {
        AtomicBoolean asked = new AtomicBoolean();
        AtomicBoolean aborted = new AtomicBoolean();
        aWorker(silent(asked, aborted), 2);
        TaskId id = aQueuedTask();
        until(asked::get);

        TaskStatus status = store.tasks()
                .cancel(TenantId.DEFAULT, new OwnerId("tester"), id)
                .await()
                .atMost(PATIENCE);

        assertThat(status).isEqualTo(TaskStatus.CANCELLING);
        assertThat(ended(id).task().status()).isEqualTo(TaskStatus.CANCELLED);
        assertThat(aborted).isTrue();
    }

    @Test
    void aCancelledTaskHoldsItsSlotUntilAToolHasEndedThatCannotBeInterrupted() {
        AtomicBoolean begun = new AtomicBoolean();
        AtomicBoolean goOn = new AtomicBoolean();
        Worker worker = aWorker(ScriptedModel.calling("stubborn"), 1, Map.of(), stubborn(begun, goOn));
        TaskId id = aQueuedTask("stubborn");
        until(begun::get);
        store.tasks()
                .cancel(TenantId.DEFAULT, new OwnerId("tester"), id)
                .await()
                .atMost(PATIENCE);
        TaskId next = aQueuedTask();

        long end = System.nanoTime() + Duration.ofMillis(500).toNanos();
        until(() -> System.nanoTime() > end);

        assertThat(statusOf(id)).isEqualTo(TaskStatus.CANCELLING);
        assertThat(statusOf(next)).isEqualTo(TaskStatus.QUEUED);
        assertThat(worker.running()).isEqualTo(1);
        goOn.set(true);
        assertThat(ended(id).task().status()).isEqualTo(TaskStatus.CANCELLED);
        until(() -> statusOf(next) != TaskStatus.QUEUED);
    }

    private TaskStatus statusOf(TaskId id) {
        return store.tasks()
                .read(TenantId.DEFAULT, id)
                .await()
                .atMost(PATIENCE)
                .task()
                .status();
    }

    private static Tool stubborn(AtomicBoolean begun, AtomicBoolean goOn) {
        ToolSpec spec = new ToolSpec(
                "stubborn",
                "a tool for tests",
                JsonNodeFactory.instance.objectNode().put("type", "object"),
                SideEffects.NON_IDEMPOTENT,
                Duration.ofSeconds(30),
                100);
        return new Tool() {
            @Override
            public ToolSpec spec() {
                return spec;
            }

            @Override
            public Uni<String> call(ObjectNode arguments, ToolContext context) {
                return OwnThread.run(context.threads(), () -> {
                    begun.set(true);
                    until(goOn::get);
                    return "done";
                });
            }
        };
    }

    @Test
    void handsBackWhatDoesNotFitIntoItsGrace() {
        AtomicBoolean asked = new AtomicBoolean();
        Worker first = aWorker(silent(asked, new AtomicBoolean()), 2, Map.of("worker.grace", "0s"));
        TaskId id = aQueuedTask();
        until(asked::get);
        first.stop().await().atMost(PATIENCE);

        aWorker(ScriptedModel.answering("42"), 2);

        Task task = ended(id).task();
        assertThat(task.status()).isEqualTo(TaskStatus.SUCCEEDED);
        assertThat(task.attempt()).isEqualTo(2);
    }

    @Test
    void keepsALiveTaskHoweverLongItsCall() {
        AtomicInteger turns = new AtomicInteger();
        ScriptedModel patient = new ScriptedModel().then(() -> {
            turns.incrementAndGet();
            return Multi.createFrom()
                    .<ModelEvent>item(new ModelEvent.Answer("silent", "42", Usage.NONE, Optional.empty()))
                    .onItem()
                    .call(event ->
                            Uni.createFrom().voidItem().onItem().delayIt().by(Duration.ofMillis(2500)));
        });
        aWorker(patient, 2, Map.of("worker.heartbeat", "200ms"));
        aWorker(patient, 2, Map.of("worker.heartbeat", "200ms"));

        TaskId id = aQueuedTask();

        assertThat(ended(id).task().attempt()).isEqualTo(1);
        assertThat(turns).hasValue(1);
    }

    @Test
    void endsATaskOnceThoughRedisGoesAwayInTheMiddle() {
        AtomicBoolean asked = new AtomicBoolean();
        AtomicBoolean goOn = new AtomicBoolean();
        ScriptedModel model = new ScriptedModel().then(() -> {
            asked.set(true);
            return Multi.createFrom()
                    .ticks()
                    .every(Duration.ofMillis(20))
                    .filter(tick -> goOn.get())
                    .select()
                    .first()
                    .onItem()
                    .transformToMultiAndConcatenate(
                            tick -> ScriptedModel.answering("42").next(new Prompt("", List.of(), List.of())));
        });
        aWorker(model, 2);
        TaskId id = aQueuedTask();
        until(asked::get);

        redis.pause();
        goOn.set(true);
        until(() -> !store.answers().await().atMost(PATIENCE));
        redis.resume();

        Task task = ended(id).task();
        assertThat(task.status()).isEqualTo(TaskStatus.SUCCEEDED);
        assertThat(task.attempt()).isEqualTo(1);
        assertThat(store.statistics()
                        .read(Work.TASKS, TenantId.DEFAULT)
                        .await()
                        .atMost(PATIENCE)
                        .processed())
                .isEqualTo(1);
    }

    @Test
    void whatWaitsForAnApprovalOutlivesItsWorker() {
        CountingTool pay = CountingTool.returning("pay", SideEffects.NON_IDEMPOTENT, "paid");
        CallPolicy asking = (tenant, tool, arguments) -> new CallPolicy.Verdict.Ask(Duration.ofHours(1));
        Worker first = aWorker(ScriptedModel.calling("pay").thenAnswering("lost"), 1, Map.of(), asking, pay);
        TaskId id = aQueuedTask("pay");
        until(() -> read(id).task().status() == TaskStatus.WAITING);
        first.stop().await().atMost(PATIENCE);
        workers.remove(first);
        RedisStore another = open();
        Approval approval = another.approvals()
                .ofTask(TenantId.DEFAULT, id)
                .await()
                .atMost(PATIENCE)
                .getFirst();
        CallArguments edited =
                CanonicalArguments.of(JsonNodeFactory.instance.objectNode().put("n", 7));

        another.approvals()
                .decide(
                        TenantId.DEFAULT,
                        new OwnerId("person"),
                        approval.id(),
                        "nonce",
                        new ApprovalDecision.ApproveEdited(edited, 1))
                .await()
                .atMost(PATIENCE);
        another.close();
        aWorker(ScriptedModel.answering("done"), 1, Map.of(), asking, pay);

        TaskHistory history = ended(id);
        assertThat(history.task().state()).isEqualTo(new TaskState.Succeeded("done"));
        assertThat(history.task().attempt()).isEqualTo(2);
        assertThat(pay.arguments()).containsExactly("{\"n\":7}");
    }

    private static LanguageModel silent(AtomicBoolean asked, AtomicBoolean aborted) {
        return new ScriptedModel().then(() -> {
            asked.set(true);
            return Multi.createFrom().<ModelEvent>nothing().onCancellation().invoke(() -> aborted.set(true));
        });
    }

    private Worker aWorker(LanguageModel model, int slots) {
        return aWorker(model, slots, Map.of());
    }

    private Worker aWorker(LanguageModel model, int slots, Map<String, String> settings, Tool... tools) {
        return aWorker(model, slots, settings, CallPolicy.ALLOWING, tools);
    }

    private Worker aWorker(
            LanguageModel model, int slots, Map<String, String> settings, CallPolicy policy, Tool... tools) {
        Map<String, String> all = new java.util.HashMap<>(settings);
        all.put("worker.slots", Integer.toString(slots));
        Worker worker = WorkerFactory.create(
                vertx.getDelegate(),
                store.tasks(),
                store.queue(),
                Models.only(model),
                new Toolbox(List.of(tools), OutputFilter.NONE),
                policy,
                OutputFilter.NONE,
                config(WorkerConfig.class, all),
                new Silence());
        worker.start();
        workers.add(worker);
        return worker;
    }

    private TaskId aQueuedTask(String... tools) {
        TaskSpec spec = new TaskSpec(
                TenantId.DEFAULT,
                new OwnerId("local"),
                new SessionId("session-1"),
                Priority.NORMAL,
                "do it",
                List.of(tools),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
        return store.tasks()
                .create(new NewTask(spec, "test", true, Optional.empty(), List.of()))
                .await()
                .atMost(PATIENCE)
                .task()
                .id();
    }

    private TaskHistory ended(TaskId id) {
        until(() -> read(id).task().status().isFinal());
        return read(id);
    }

    private TaskHistory read(TaskId id) {
        return store.tasks()
                .read(TenantId.DEFAULT, id)
                .onFailure()
                .retry()
                .atMost(20)
                .await()
                .atMost(PATIENCE);
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            LockSupport.parkNanos(1_000_000);
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
