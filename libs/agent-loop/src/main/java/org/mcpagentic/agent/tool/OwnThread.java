package org.mcpagentic.agent.tool;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.Callable;

/** For tools that block or compute for long: a virtual thread for each call. */
public final class OwnThread {

    private OwnThread() {}

    /**
     * Does the work on a virtual thread that it has for itself. Cancelling the subscription, as a deadline does, interrupts
     * it; work that computes without blocking has to look at {@link Thread#interrupted()} itself.
     *
     * @param threads are told when the thread begins and ends
     * @return what the work returned; fails with what it threw
     */
    public static <T> Uni<T> run(CallThreads threads, Callable<T> work) {
        return Uni.createFrom().emitter(emitter -> {
            Thread thread = Thread.ofVirtual().name("tool").unstarted(() -> {
                T result;
                try {
                    result = work.call();
                } catch (Throwable thrown) {
                    emitter.fail(thrown);
                    return;
                } finally {
                    threads.over();
                }
                emitter.complete(result);
            });
            emitter.onTermination(thread::interrupt);
            threads.begun();
            thread.start();
        });
    }
}
