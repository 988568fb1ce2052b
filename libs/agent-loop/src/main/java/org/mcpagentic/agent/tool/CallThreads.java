package org.mcpagentic.agent.tool;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;

/** The threads that one task's tool calls run on. Not every tool can be interrupted; a task is not over before they end. */
public final class CallThreads {

    private final List<UniEmitter<? super Void>> waiting = new ArrayList<>();
    private int running;

    /** Completes as soon as none of them runs any more. */
    public Uni<Void> ended() {
        return Uni.createFrom().emitter(emitter -> {
            synchronized (this) {
                if (running > 0) {
                    waiting.add(emitter);
                    return;
                }
            }
            emitter.complete(null);
        });
    }

    synchronized void begun() {
        running++;
    }

    void over() {
        List<UniEmitter<? super Void>> released;
        synchronized (this) {
            running--;
            if (running > 0) {
                return;
            }
            released = List.copyOf(waiting);
            waiting.clear();
        }
        released.forEach(emitter -> emitter.complete(null));
    }
}
