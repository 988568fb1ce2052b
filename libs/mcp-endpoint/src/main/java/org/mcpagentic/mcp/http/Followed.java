package org.mcpagentic.mcp.http;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import io.smallrye.mutiny.subscription.Cancellable;
import org.mcpagentic.mcp.task.TaskView;

/** A task that a client wants to hear of. It is read once: that it has a first state says that there is such a task. */
final class Followed {

    private final String id;
    private final Multi<TaskView> source;
    private final UnicastProcessor<TaskView> views = UnicastProcessor.create();
    private volatile Cancellable reading = () -> {};
    private volatile boolean known;

    /** @param source as {@link org.mcpagentic.mcp.task.TaskDesk#follow} gives it */
    Followed(String id, Multi<TaskView> source) {
        this.id = id;
        this.source = source;
    }

    String id() {
        return id;
    }

    /** Begins to follow; completes once it is known whether there is such a task. */
    Uni<Void> begin() {
        return Uni.createFrom()
                .emitter(first -> reading = source.subscribe()
                        .with(
                                view -> {
                                    known = true;
                                    views.onNext(view);
                                    first.complete(null);
                                },
                                failure -> {
                                    views.onError(failure);
                                    first.fail(failure);
                                },
                                () -> {
                                    views.onComplete();
                                    first.complete(null);
                                }));
    }

    /** Whether there is such a task of the caller's. */
    boolean isKnown() {
        return known;
    }

    /** Its states from the first one on. */
    Multi<TaskView> views() {
        return views.onCancellation().invoke(this::end);
    }

    /** Follows it no more. */
    void end() {
        reading.cancel();
    }
}
