package org.mcpagentic.bench.queue;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.mcpagentic.store.TaskHistory;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TaskState;
import org.mcpagentic.store.TaskStatus;
import org.mcpagentic.store.TaskStore;
import org.mcpagentic.store.TaskStore.News;
import org.mcpagentic.store.TenantId;

/** A process that creates tasks and waits for their ends, as the service does: hints say when to look at a task's events. */
final class ProducerRole {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int WARM_UP_IN_FLIGHT = 64;
    private static final Duration CALM = Duration.ofMillis(300);

    private final TaskStore tasks;

    private ProducerRole(TaskStore tasks) {
        this.tasks = tasks;
    }

    static void run(String url, Scenario scenario) throws Exception {
        try (OpenedStore opened = OpenedStore.on(url)) {
            new ProducerRole(opened.store().tasks()).run(scenario);
        }
    }

    private void run(Scenario scenario) throws Exception {
        switch (scenario) {
            case Scenario.Closed(int warmUp, int count, int inFlight) -> {
                closed(warmUp, inFlight, this::toEnd);
                measured(() -> closed(count, inFlight, this::toEnd));
            }
            case Scenario.Open(int warmUp, int count, int perSecond) -> {
                // why not at that pace: a JVM that still compiles falls behind it, and stays there
                closed(warmUp, WARM_UP_IN_FLIGHT, this::toEnd);
                measured(() -> open(count, perSecond));
            }
            case Scenario.Creates(int warmUp, int count, int inFlight) -> {
                closed(warmUp, inFlight, this::create);
                measured(() -> closed(count, inFlight, this::create));
            }
            case Scenario.Held(int count) -> held(count);
        }
    }

    private interface Act {
        List<Long> run() throws Exception;
    }

    private static void measured(Act act) throws Exception {
        Wire.say("BEGIN");
        Thread.sleep(CALM);
        long begin = System.nanoTime();
        List<Long> latencies = act.run();
        long micros = (System.nanoTime() - begin) / 1_000;
        Wire.say("END", Map.of("micros", micros, "latencies", latencies));
    }

    private Uni<TaskId> create() {
        return tasks.create(OpenedStore.noOp()).map(creation -> creation.task().id());
    }

    private Uni<TaskHistory> toEnd() {
        return create().chain(this::ended)
                .chain(id -> tasks.read(TenantId.DEFAULT, id))
                .invoke(history -> {
                    if (!(history.task().state() instanceof TaskState.Succeeded(String result))
                            || !result.equals(NoOpModel.ANSWER)) {
                        throw new IllegalStateException(
                                "a task ended as " + history.task().status());
                    }
                });
    }

    /** Completes once the task has ended: by the hint, or where it had ended before anybody listened. */
    private Uni<TaskId> ended(TaskId id) {
        return Multi.createBy()
                .merging()
                .streams(Multi.createFrom().item(new News(0, false)), tasks.newsOf(id))
                .filter(news -> news.ended() || news.number() == 0)
                .onItem()
                .transformToUniAndConcatenate(news -> news.ended()
                        ? Uni.createFrom().item(true)
                        : tasks.eventsAfter(id, 0)
                                .map(events -> events.getLast().isFinal()))
                .filter(over -> over)
                .toUni()
                .replaceWith(id);
    }

    private static List<Long> closed(int count, int inFlight, Supplier<Uni<?>> act) throws Exception {
        Semaphore free = new Semaphore(inFlight);
        Ends ends = new Ends(count);
        for (int i = 0; i < count && !ends.broken(); i++) {
            free.acquire();
            act.get()
                    .subscribe()
                    .with(
                            done -> {
                                free.release();
                                ends.good();
                            },
                            failure -> {
                                free.release();
                                ends.bad(failure);
                            });
        }
        ends.await();
        return List.of();
    }

    private List<Long> open(int count, int perSecond) throws Exception {
        Ends ends = new Ends(count);
        Queue<Long> latencies = new ConcurrentLinkedQueue<>();
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = begin + i * 1_000_000_000L / perSecond;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            // why from the time it was due: a producer that falls behind must not hide what it did not send
            toEnd().subscribe()
                    .with(
                            done -> {
                                latencies.add((System.nanoTime() - due) / 1_000);
                                ends.good();
                            },
                            ends::bad);
        }
        ends.await();
        return new ArrayList<>(latencies);
    }

    private void held(int count) throws Exception {
        List<TaskId> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(create().await().atMost(PATIENCE));
        }
        for (TaskId id : ids) {
            while (history(id).task().status() != TaskStatus.RUNNING) {
                Thread.sleep(50);
            }
        }
        Wire.say("HELD");
        List<Long> ended = new ArrayList<>();
        for (TaskId id : ids) {
            ended(id).await().atMost(PATIENCE);
            ended.add(history(id).task().finishedAt().orElseThrow().toEpochMilli());
        }
        Wire.say("END", Map.of("ended", ended));
    }

    private TaskHistory history(TaskId id) {
        return tasks.read(TenantId.DEFAULT, id).await().atMost(PATIENCE);
    }

    /** Counts what has ended; the first that ended badly ends all. */
    private static final class Ends {

        private final CountDownLatch left;
        private final AtomicReference<Throwable> trouble = new AtomicReference<>();

        Ends(int count) {
            left = new CountDownLatch(count);
        }

        void good() {
            left.countDown();
        }

        void bad(Throwable failure) {
            trouble.compareAndSet(null, failure);
            left.countDown();
        }

        boolean broken() {
            return trouble.get() != null;
        }

        void await() throws Exception {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!left.await(100, TimeUnit.MILLISECONDS)) {
                if (broken() || System.nanoTime() > end) {
                    break;
                }
            }
            if (broken()) {
                throw new IllegalStateException("a task went wrong", trouble.get());
            }
            if (left.getCount() > 0) {
                throw new IllegalStateException(left.getCount() + " tasks did not end");
            }
        }
    }
}
