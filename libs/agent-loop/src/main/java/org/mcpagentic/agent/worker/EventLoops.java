package org.mcpagentic.agent.worker;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Whether this process' event loops still answer. A worker whose loops hang must not keep its lease. */
final class EventLoops {

    private final Iterable<EventExecutor> loops;
    private final Map<EventExecutor, Long> answered = new ConcurrentHashMap<>();

    EventLoops(Iterable<EventExecutor> loops) {
        this.loops = loops;
    }

    /** Asks all loops, and says whether each has answered within the time before. */
    boolean answeredWithin(Duration patience) {
        long now = System.nanoTime();
        boolean all = true;
        for (EventExecutor loop : loops) {
            Long last = answered.putIfAbsent(loop, now);
            all &= last == null || now - last < patience.toNanos();
            loop.execute(() -> answered.put(loop, System.nanoTime()));
        }
        return all;
    }
}
