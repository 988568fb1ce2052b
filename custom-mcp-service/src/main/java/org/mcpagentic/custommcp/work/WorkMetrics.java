package org.mcpagentic.custommcp.work;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mcpagentic.agent.loop.StepListener;
import org.mcpagentic.agent.model.Usage;
import org.mcpagentic.agent.worker.Worker;
import org.mcpagentic.models.flow.ModelMetrics;
import org.mcpagentic.store.ApprovalCounts;
import org.mcpagentic.store.ApprovalStatus;
import org.mcpagentic.store.EndedTasks;
import org.mcpagentic.store.QueueGauges;
import org.mcpagentic.store.StoreMemory;
import org.mcpagentic.store.TaskStatus;
import org.mcpagentic.store.WorkQueue;

/**
 * The service's own metrics, named in one place. What the queue is doing is the same for all replicas: aggregate it by
 * {@code max}, not by {@code sum}.
 */
@ApplicationScoped
class WorkMetrics implements StepListener {

    private static final Duration REFRESH = Duration.ofSeconds(5);
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final MeterRegistry registry;
    private final ModelMetrics models;
    private final WorkQueue queue;
    private final AtomicBoolean shown = new AtomicBoolean();
    private volatile QueueGauges latest = new QueueGauges(
            Map.of(),
            Duration.ZERO,
            new EndedTasks(Map.of(), Duration.ZERO, 0),
            0,
            ApprovalCounts.NONE,
            Duration.ZERO,
            new StoreMemory(0, 0));
    private Optional<Cancellable> refreshing = Optional.empty();

    WorkMetrics(MeterRegistry registry, ModelMetrics models, WorkQueue queue) {
        this.registry = registry;
        this.models = models;
        this.queue = queue;
    }

    void watch(Worker worker) {
        Gauge.builder("worker.tasks.running", worker::running)
                .description("Tasks that run in this replica")
                .register(registry);
        Gauge.builder("worker.slots", worker::capacity)
                .description("Tasks that can run in this replica at the same time")
                .register(registry);
        refreshing = Optional.of(Multi.createFrom()
                .ticks()
                .every(REFRESH)
                .onOverflow()
                .drop()
                .onItem()
                .transformToMultiAndConcatenate(
                        tick -> queue.gauges().toMulti().onFailure().recoverWithCompletion())
                .subscribe()
                .with(this::refreshed));
    }

    /** Why not before the first reading: zeros that jump to what the store counted for years would be an alarm. */
    private void refreshed(QueueGauges fresh) {
        latest = fresh;
        if (shown.compareAndSet(false, true)) {
            tasksAreShown();
            approvalsAreShown();
            memoryIsShown();
        }
    }

    private void tasksAreShown() {
        for (TaskStatus status : TaskStatus.values()) {
            Gauge.builder("tasks", () -> latest.tasks().getOrDefault(status, 0L))
                    .description("Tasks kept, by status, over all replicas")
                    .tag("status", status.wireName())
                    .register(registry);
        }
        Gauge.builder("task.queue.depth", () -> latest.tasks().getOrDefault(TaskStatus.QUEUED, 0L))
                .description("Tasks that wait for a worker, over all replicas")
                .register(registry);
        Gauge.builder("task.queue.oldest.age", () -> seconds(latest.oldestQueued()))
                .baseUnit("seconds")
                .description("How long the oldest queued task waits")
                .register(registry);
        for (TaskStatus status : TaskStatus.values()) {
            if (status.isFinal()) {
                FunctionCounter.builder(
                                "tasks.ended",
                                this,
                                now -> now.latest.ended().counts().getOrDefault(status, 0L))
                        .description("Tasks that ended, by status, over all replicas")
                        .tag("status", status.wireName())
                        .register(registry);
            }
        }
        FunctionCounter.builder(
                        "tasks.time", this, now -> seconds(now.latest.ended().took()))
                .baseUnit("seconds")
                .description("Time that those took together from being queued to their end, over all replicas")
                .register(registry);
        FunctionCounter.builder(
                        "tasks.dead.lettered", this, now -> now.latest.ended().deadLettered())
                .description("Tasks that were given up since their workers died again and again, over all replicas")
                .register(registry);
        Gauge.builder("outbox.lost", () -> latest.outboxLost())
                .description("Events that were trimmed from the outbox")
                .register(registry);
    }

    private void approvalsAreShown() {
        Gauge.builder("approvals.pending", () -> latest.approvals().pending())
                .description("Calls of tools that wait for a person, over all replicas")
                .register(registry);
        Gauge.builder("approvals.pending.oldest.age", () -> seconds(latest.oldestApproval()))
                .baseUnit("seconds")
                .description("How long the oldest of those waits")
                .register(registry);
        FunctionCounter.builder(
                        "approvals.requested",
                        this,
                        now -> now.latest.approvals().requested())
                .description("Calls of tools that a person was asked about, over all replicas")
                .register(registry);
        for (ApprovalStatus outcome : EnumSet.complementOf(EnumSet.of(ApprovalStatus.PENDING))) {
            FunctionCounter.builder(
                            "approvals.decided",
                            this,
                            now -> now.latest.approvals().decided().getOrDefault(outcome, 0L))
                    .description("What came of those, over all replicas")
                    .tag("outcome", outcome.wireName())
                    .register(registry);
        }
        FunctionCounter.builder(
                        "approvals.wait",
                        this,
                        now -> seconds(now.latest.approvals().waited()))
                .baseUnit("seconds")
                .description("Time that those waited together, over all replicas")
                .register(registry);
    }

    private void memoryIsShown() {
        Gauge.builder("store.memory.used", () -> latest.memory().used())
                .baseUnit("bytes")
                .description("What the fullest Redis has in use")
                .register(registry);
        Gauge.builder("store.memory.limit", () -> latest.memory().limit())
                .baseUnit("bytes")
                .description("What the fullest Redis may use, its maxmemory; 0 where it has no bound")
                .register(registry);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    void stop(@Observes ShutdownEvent event) {
        refreshing.ifPresent(Cancellable::cancel);
    }

    @Override
    public void textArrived(int step, String text) {
        // why nothing: pieces of text are for whoever watches
    }

    @Override
    public void modelAnswered(String model, Duration took, Usage usage) {
        models.answered(model, took, usage);
    }

    @Override
    public void modelFailed(String model, Duration took) {
        models.failed(model, took);
    }

    @Override
    public void toolReturned(String tool, Duration took, boolean failed) {
        Timer.builder("tool.call")
                .description("Time that tool calls took")
                .tag("tool", tool)
                .tag("outcome", failed ? "failed" : "succeeded")
                .publishPercentileHistogram()
                .minimumExpectedValue(SHORTEST)
                .maximumExpectedValue(LONGEST)
                .register(registry)
                .record(took);
    }
}
