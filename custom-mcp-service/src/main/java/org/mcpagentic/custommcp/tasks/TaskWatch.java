package org.mcpagentic.custommcp.tasks;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.mcpagentic.store.TaskEvent;
import org.mcpagentic.store.TaskId;
import org.mcpagentic.store.TaskStore;
import org.mcpagentic.store.TaskStore.News;

/** Follows a task's events as they come: hints say when to look, the numbered list says what happened. */
@ApplicationScoped
public class TaskWatch {

    /** After which a watch looks without a hint: hints may be lost. */
    private static final Duration BACKSTOP = Duration.ofSeconds(5);

    private static final News LOOK = new News(0, false);

    private final TaskStore store;

    TaskWatch(TaskStore store) {
        this.store = store;
    }

    /** Completes once the task has ended; looks itself only at first, and where hints may have been lost. */
    Uni<Void> end(TaskId id) {
        return Multi.createBy()
                .merging()
                .streams(
                        Multi.createFrom().item(LOOK),
                        store.newsOf(id),
                        Multi.createFrom()
                                .ticks()
                                .startingAfter(BACKSTOP)
                                .every(BACKSTOP)
                                .onOverflow()
                                .drop()
                                .map(tick -> LOOK))
                .filter(news -> news.ended() || news.number() == 0)
                .onItem()
                .transformToUniAndConcatenate(
                        news -> news.ended() ? Uni.createFrom().item(true) : hasEnded(id))
                .filter(ended -> ended)
                .toUni()
                .replaceWithVoid();
    }

    private Uni<Boolean> hasEnded(TaskId id) {
        return store.eventsAfter(id, 0)
                .map(events -> !events.isEmpty() && events.getLast().isFinal());
    }

    /** The events behind a number in batches, gap-free and in order, until the final one has been sent. */
    public Multi<List<TaskEvent>> follow(TaskId id, long after) {
        AtomicLong seen = new AtomicLong(after);
        Multi<Long> hints = Multi.createBy()
                .merging()
                .streams(
                        Multi.createFrom().item(0L),
                        store.newsOf(id).map(News::number),
                        Multi.createFrom()
                                .ticks()
                                .startingAfter(BACKSTOP)
                                .every(BACKSTOP)
                                .onOverflow()
                                .drop()
                                .map(tick -> 0L));
        return hints.filter(hint -> hint == 0 || hint > seen.get())
                .onItem()
                .transformToUniAndConcatenate(hint -> store.eventsAfter(id, seen.get()))
                .filter(events -> !events.isEmpty())
                .invoke(events -> seen.set(events.getLast().number()))
                .onItem()
                // why: the batch with the final event is the last one, and it has to be sent itself
                .transformToMultiAndConcatenate(events -> events.getLast().isFinal()
                        ? Multi.createFrom().items(Optional.of(events), Optional.<List<TaskEvent>>empty())
                        : Multi.createFrom().item(Optional.of(events)))
                .select()
                .first(Optional::isPresent)
                .map(Optional::get);
    }
}
