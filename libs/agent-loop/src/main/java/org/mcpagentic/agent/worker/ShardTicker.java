package org.mcpagentic.agent.worker;

import java.util.UUID;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.mcpagentic.store.Pulse;
import org.mcpagentic.store.WorkQueue;

/**
 * The heartbeat on one shard: one tick at a time, each with the slots that are free. A wish that comes while a tick is
 * under way leads to one more.
 */
final class ShardTicker {

    private static final Logger LOG = Logger.getLogger(ShardTicker.class);
    private static final int MOST_CLAIMS = 64;

    private final WorkQueue queue;
    private final int shard;
    private final String worker;
    private final Slots slots;
    private final Consumer<Pulse> receiver;

    private boolean ticking;
    private boolean wished;
    private boolean moreWaiting;
    private boolean answering = true;
    private String acknowledged = "";

    ShardTicker(WorkQueue queue, int shard, String worker, Slots slots, Consumer<Pulse> receiver) {
        this.queue = queue;
        this.shard = shard;
        this.worker = worker;
        this.slots = slots;
        this.receiver = receiver;
    }

    /** Wishes for a tick now. */
    void tick() {
        String acknowledge;
        synchronized (this) {
            if (ticking) {
                wished = true;
                return;
            }
            ticking = true;
            acknowledge = acknowledged;
        }
        int reserved = slots.reserve(MOST_CLAIMS);
        queue.tick(shard, worker, reserved, UUID.randomUUID().toString(), acknowledge)
                .subscribe()
                .with(pulse -> arrived(pulse, reserved), failure -> lost(failure, reserved));
    }

    /** A slot became free: worth a tick where the last one left work behind. */
    void slotFreed() {
        boolean worthIt;
        synchronized (this) {
            worthIt = moreWaiting;
        }
        if (worthIt) {
            tick();
        }
    }

    private void arrived(Pulse pulse, int reserved) {
        slots.release(reserved - pulse.claimed().size());
        boolean again;
        synchronized (this) {
            acknowledged = pulse.acknowledge();
            moreWaiting = pulse.claimed().size() >= reserved;
            again = wished || (moreWaiting && slots.free() > 0);
            wished = false;
            ticking = false;
            if (!answering) {
                LOG.infof("the shard answers again shard=%d", shard);
                answering = true;
            }
        }
        receiver.accept(pulse);
        if (again) {
            tick();
        }
    }

    private void lost(Throwable failure, int reserved) {
        slots.release(reserved);
        synchronized (this) {
            ticking = false;
            wished = false;
            if (answering) {
                LOG.warnf("the shard does not answer shard=%d reason=%s", shard, failure.getMessage());
                answering = false;
            }
        }
    }
}
