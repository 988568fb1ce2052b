package org.mcpagentic.models.flow;

import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Work that is done later, on the executor that everything else is done on. */
final class Timers {

    private static final long NANOS_IN_A_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private Timers() {}

    /** @param nanos rounded up to whole milliseconds, one at least: executors of services take no less, and count no finer */
    static ScheduledFuture<?> after(long nanos, Runnable work) {
        long millis = Math.max(1, Math.ceilDiv(nanos, NANOS_IN_A_MILLI));
        return Infrastructure.getDefaultWorkerPool().schedule(work, millis, TimeUnit.MILLISECONDS);
    }
}
