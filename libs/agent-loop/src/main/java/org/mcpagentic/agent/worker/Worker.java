package org.mcpagentic.agent.worker;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.mcpagentic.agent.tool.CallThreads;
import org.mcpagentic.store.ClaimedTask;
import org.mcpagentic.store.Pulse;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.WorkQueue;

/**
 * One incarnation of this process as a worker: keeps its leases from a thread of its own for as long as the event loops
 * answer, claims tasks into its slots, runs them, and hands back what it cannot finish when it is told to stop.
 */
public final class Worker {

    private static final Logger LOG = Logger.getLogger(Worker.class);

    private final WorkQueue queue;
    private final TaskRunner runner;
    private final WorkerConfig config;
    private final EventLoops loops;
    private final Slots slots;
    private final List<ShardTicker> tickers;
    private final Map<TaskId, Run> running = new ConcurrentHashMap<>();
    private final String name;
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("lease-keeper").daemon().factory());
    private Optional<Cancellable> hints = Optional.empty();
    private Optional<Future<?>> beating = Optional.empty();
    private volatile boolean stopping;

    /** @param name of the incarnation, never used before */
    Worker(WorkQueue queue, TaskRunner runner, WorkerConfig config, EventLoops loops, String name) {
        this.queue = queue;
        this.runner = runner;
        this.config = config;
        this.loops = loops;
        this.name = name;
        this.slots = new Slots(config.slots());
        this.tickers = IntStream.range(0, queue.shards())
                .mapToObj(shard -> new ShardTicker(queue, shard, name, slots, heart, this::received, this::slotsFreed))
                .toList();
    }

    /** Begins to work. */
    public void start() {
        long period = config.heartbeat().toMillis();
        beating = Optional.of(heart.scheduleAtFixedRate(this::beat, 0, period, TimeUnit.MILLISECONDS));
        hints = Optional.of(
                queue.hints().subscribe().with(shard -> tickers.get(shard).claim()));
        LOG.infof("worker started worker=%s slots=%d shards=%d", name, config.slots(), queue.shards());
    }

    /** How many tasks run now. */
    public int running() {
        return running.size();
    }

    /** How many tasks can run at the same time. */
    public int capacity() {
        return config.slots();
    }

    /**
     * Stops: claims nothing more, waits for what fits into the grace period, hands the rest back and gives the lease up.
     *
     * @return completes when nothing runs any more
     */
    public Uni<Void> stop() {
        stopping = true;
        hints.ifPresent(Cancellable::cancel);
        slots.close();
        return untilIdle(System.nanoTime() + config.grace().toNanos())
                .chain(this::handBack)
                // why before the lease is given up: a beat behind that would take it again
                .invoke(() -> beating.ifPresent(future -> future.cancel(false)))
                .chain(() -> queue.leave(name))
                .onFailure()
                .invoke(failure -> LOG.warnf("the lease could not be given up reason=%s", failure.getMessage()))
                .onFailure()
                .recoverWithNull()
                .invoke(heart::shutdown);
    }

    private void beat() {
        // why: a lease that outlives its worker's loops would hold tasks that nobody works on
        try {
            if (loops.answeredWithin(config.heartbeat().multipliedBy(2))) {
                tickers.forEach(ShardTicker::beat);
            } else {
                LOG.warn("an event loop does not answer; the lease is not renewed");
            }
        } catch (RuntimeException e) {
            // why: a periodic task that throws is never run again, and with it the lease would end
            LOG.error("a heartbeat broke", e);
        }
    }

    private void received(Pulse pulse) {
        // why: what was asked for before the stop is answered behind it
        pulse.claimed().forEach(stopping ? this::refuse : this::begin);
        pulse.cancels().forEach(id -> Optional.ofNullable(running.get(id)).ifPresent(Run::cancel));
    }

    private void refuse(ClaimedTask task) {
        Run known = running.get(task.claim().task());
        if (known == null || !known.task.claim().equals(task.claim())) {
            runner.handBack(task.claim()).subscribe().with(done -> {}, failure -> {});
        }
    }

    private void slotsFreed() {
        tickers.forEach(ShardTicker::slotFreed);
    }

    private void begin(ClaimedTask task) {
        Run known = running.get(task.claim().task());
        if (known != null && known.task.claim().equals(task.claim())) {
            // why: a claim that was handed over twice runs once
            slots.release(1);
            return;
        }
        Run run = new Run(task);
        Run before = running.put(task.claim().task(), run);
        if (before != null && before.abort()) {
            // why: its claim is stale, and nobody else gives its slot back
            slots.release(1);
        }
        run.start();
    }

    private void ended(Run run) {
        running.remove(run.task.claim().task(), run);
        if (!stopping) {
            slots.release(1);
            slotsFreed();
        }
    }

    private Uni<Void> untilIdle(long end) {
        if (running.isEmpty() || System.nanoTime() >= end) {
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(Duration.ofMillis(20))
                .chain(() -> untilIdle(end));
    }

    private Uni<Void> handBack() {
        List<Uni<Void>> all = running.values().stream().map(Run::release).toList();
        return all.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.join().all(all).andCollectFailures().replaceWithVoid();
    }

    /** One task that runs here. */
    private final class Run {

        private final ClaimedTask task;
        private final CallThreads threads = new CallThreads();
        private Optional<Cancellable> work = Optional.empty();
        private boolean over;

        Run(ClaimedTask task) {
            this.task = task;
        }

        void start() {
            Cancellable started = runner.run(task, threads).subscribe().with(done -> finish(), failure -> finish());
            boolean aborted;
            synchronized (this) {
                work = Optional.of(started);
                aborted = over;
            }
            if (aborted) {
                // why: it was aborted before there was something to cancel
                started.cancel();
            }
        }

        /** Somebody wants it ended: what is under way is aborted, and the end confirmed once its last thread has ended. */
        void cancel() {
            if (abort()) {
                threads.ended()
                        .chain(() -> runner.confirmCancel(task.claim()))
                        .subscribe()
                        .with(done -> ended(this), failure -> ended(this));
            }
        }

        Uni<Void> release() {
            return abort()
                    ? runner.handBack(task.claim()).eventually(() -> ended(this))
                    : Uni.createFrom().voidItem();
        }

        /** Whether there was something left to abort. */
        boolean abort() {
            Optional<Cancellable> aborted;
            synchronized (this) {
                if (over) {
                    return false;
                }
                over = true;
                aborted = work;
            }
            aborted.ifPresent(Cancellable::cancel);
            return true;
        }

        private void finish() {
            synchronized (this) {
                if (over) {
                    return;
                }
                over = true;
            }
            ended(this);
        }
    }
}
