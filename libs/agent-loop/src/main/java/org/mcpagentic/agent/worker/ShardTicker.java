package org.mcpagentic.agent.worker;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.mcpagentic.store.Pulse;
import org.mcpagentic.store.WorkQueue;

/**
 * The worker's side of one shard: heartbeats, and claims between them, one at a time, each with the slots that are free. A wish
 * that comes while one is under way leads to one more, and claims that are wished for one upon the other are made together.
 */
final class ShardTicker {

    private static final Logger LOG = Logger.getLogger(ShardTicker.class);
    private static final int MOST_CLAIMS = 64;

    /** Between two claims: what becomes ready in between is claimed at once, for a fraction of what it costs one by one. */
    private static final Duration PAUSE = Duration.ofMillis(2);

    private final WorkQueue queue;
    private final int shard;
    private final String worker;
    private final Slots slots;
    private final ScheduledExecutorService heart;
    private final Consumer<Pulse> receiver;
    private final Runnable slotsFreed;

    private boolean asking;
    private boolean beatWished;
    private boolean claimWished;
    private boolean claimPlanned;
    private boolean moreWaiting;
    private boolean answering = true;
    private long lastAsked = System.nanoTime() - PAUSE.toNanos();
    private String acknowledged = "";

    /**
     * @param heart makes claims that have to wait
     * @param slotsFreed is told when a question gives back slots that it had set aside; another shard may have asked without any
     */
    ShardTicker(
            WorkQueue queue,
            int shard,
            String worker,
            Slots slots,
            ScheduledExecutorService heart,
            Consumer<Pulse> receiver,
            Runnable slotsFreed) {
        this.queue = queue;
        this.shard = shard;
        this.worker = worker;
        this.slots = slots;
        this.heart = heart;
        this.receiver = receiver;
        this.slotsFreed = slotsFreed;
    }

    /** Renews the lease now. */
    void beat() {
        synchronized (this) {
            if (asking) {
                beatWished = true;
                return;
            }
            begin();
        }
        ask(queue::tick);
    }

    /** Claims soon: there may be something. */
    void claim() {
        synchronized (this) {
            if (asking) {
                claimWished = true;
                return;
            }
            long wait = PAUSE.toNanos() - (System.nanoTime() - lastAsked);
            if (wait > 0) {
                plan(wait);
                return;
            }
            begin();
        }
        ask(queue::claim);
    }

    /** A slot became free: worth a claim where the last one left work behind. */
    void slotFreed() {
        boolean worthIt;
        synchronized (this) {
            worthIt = moreWaiting;
        }
        if (worthIt) {
            claim();
        }
    }

    private void plan(long nanos) {
        if (claimPlanned) {
            return;
        }
        try {
            var planned = heart.schedule(this::planned, nanos, TimeUnit.NANOSECONDS);
            claimPlanned = !planned.isCancelled();
        } catch (RejectedExecutionException stopped) {
            // why nothing: a worker that stops claims no more
        }
    }

    private void planned() {
        synchronized (this) {
            claimPlanned = false;
        }
        claim();
    }

    private void begin() {
        asking = true;
        lastAsked = System.nanoTime();
    }

    /** A tick or a claim. */
    private interface Question {
        Uni<Pulse> ask(int shard, String worker, int capacity, String nonce, String acknowledged);
    }

    private void ask(Question question) {
        int reserved = slots.reserve(MOST_CLAIMS);
        String acknowledge;
        synchronized (this) {
            acknowledge = acknowledged;
        }
        question.ask(shard, worker, reserved, UUID.randomUUID().toString(), acknowledge)
                .subscribe()
                .with(pulse -> arrived(pulse, reserved), failure -> lost(failure, reserved));
    }

    private void arrived(Pulse pulse, int reserved) {
        slots.release(reserved - pulse.claimed().size());
        boolean beatNext;
        boolean claimNext;
        synchronized (this) {
            acknowledged = pulse.acknowledge();
            moreWaiting = pulse.claimed().size() >= reserved;
            beatNext = beatWished;
            claimNext = claimWished || (moreWaiting && slots.free() > 0);
            beatWished = false;
            claimWished = false;
            asking = false;
            if (!answering) {
                LOG.infof("the shard answers again shard=%d", shard);
                answering = true;
            }
        }
        receiver.accept(pulse);
        if (pulse.claimed().size() < reserved) {
            slotsFreed.run();
        }
        if (beatNext) {
            beat();
        }
        if (claimNext) {
            claim();
        }
    }

    private void lost(Throwable failure, int reserved) {
        slots.release(reserved);
        boolean beatNext;
        synchronized (this) {
            // why at once: a beat that had to wait for a question without an answer has no time to lose
            beatNext = beatWished;
            asking = false;
            beatWished = false;
            claimWished = false;
            if (answering) {
                LOG.warnf("the shard does not answer shard=%d reason=%s", shard, failure.getMessage());
                answering = false;
            }
        }
        if (beatNext) {
            beat();
        }
    }
}
