package org.mcpagentic.agent.worker;

import java.util.concurrent.atomic.AtomicInteger;

/** How many more tasks this process can take. */
final class Slots {

    private final AtomicInteger free;
    private volatile boolean closed;

    Slots(int count) {
        free = new AtomicInteger(count);
    }

    /** From now on there are none, whatever is given back. */
    void close() {
        closed = true;
    }

    /** Sets aside up to that many, as many as there are. */
    int reserve(int most) {
        if (closed) {
            return 0;
        }
        int before = free.getAndUpdate(now -> now - Math.clamp(now, 0, most));
        return Math.clamp(before, 0, most);
    }

    /** Gives back; the count may have been below zero where claims were handed over again. */
    void release(int count) {
        free.addAndGet(count);
    }

    int free() {
        return closed ? 0 : Math.max(0, free.get());
    }
}
