package org.mcpagentic.custommcp.retention;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;
import org.mcpagentic.archive.TaskArchive;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.TaskEvent;
import org.mcpagentic.store.TaskHistory;
import org.mcpagentic.store.TaskRetention;
import org.mcpagentic.store.TaskRetention.Ended;
import org.mcpagentic.store.TaskStore;

/**
 * Removes ended tasks once the archive has them. Tasks are read one after the other, so that no more than a batch of the archive and
 * one task is in memory.
 */
final class ArchivingRemoval implements Removal {

    private static final Logger LOG = Logger.getLogger(ArchivingRemoval.class);

    private final TaskStore tasks;
    private final TaskRetention retention;
    private final TaskArchive archive;
    private final Executor workers;
    private final RetentionMetrics metrics;
    private final Reported unreadable = new Reported();

    /** @param workers threads that may be blocked */
    ArchivingRemoval(
            TaskStore tasks, TaskRetention retention, TaskArchive archive, Executor workers, RetentionMetrics metrics) {
        this.tasks = tasks;
        this.retention = retention;
        this.archive = archive;
        this.workers = workers;
        this.metrics = metrics;
    }

    @Override
    public Uni<Integer> remove(int shard, List<Ended> ended) {
        return Uni.createFrom().deferred(() -> new Part(shard).remove(ended));
    }

    private Uni<Optional<Whole>> read(Ended task) {
        return Uni.combine()
                .all()
                .unis(tasks.read(task.tenant(), task.id()), tasks.eventsAfter(task.id(), 0))
                .with(Whole::new)
                // why: between the two another replica may have removed it, and written it down whole
                .map(whole -> Optional.of(whole).filter(Whole::isWhole))
                .onFailure(ArchivingRemoval::isGone)
                // why: another replica was faster
                .recoverWithItem(Optional.empty())
                .onFailure(failure -> !(failure instanceof StoreException))
                .recoverWithItem(failure -> {
                    leave(task, failure);
                    return Optional.empty();
                });
    }

    private static boolean isGone(Throwable failure) {
        return failure instanceof StoreException refused && refused.code() == StoreException.Code.TASK_NOT_FOUND;
    }

    private void leave(Ended task, Throwable failure) {
        metrics.taskFailed();
        if (unreadable.isNew(task.id().value())) {
            LOG.errorf(failure, "an ended task cannot be archived and stays taskId=%s", task.id());
        }
    }

    /** A task with all that belongs to it. */
    private record Whole(TaskHistory history, List<TaskEvent> events) {

        boolean isWhole() {
            return events.size() == history.lastEvent();
        }
    }

    /** The tasks of one call on their way, a batch at a time. */
    private final class Part {

        private final int shard;
        private TaskArchive.Batch batch;
        private int removed;

        private Part(int shard) {
            this.shard = shard;
            this.batch = archive.batch(shard);
        }

        private Uni<Integer> remove(List<Ended> ended) {
            return Multi.createFrom()
                    .iterable(ended)
                    .onItem()
                    .transformToUniAndConcatenate(this::take)
                    .collect()
                    .last()
                    .chain(this::flush)
                    .map(done -> removed);
        }

        private Uni<Void> take(Ended task) {
            return read(task)
                    .emitOn(workers)
                    .invoke(found -> found.ifPresent(record -> add(task, record)))
                    .chain(() -> batch.isFull() ? flush() : Uni.createFrom().voidItem());
        }

        private void add(Ended task, Whole record) {
            try {
                batch.add(record.history(), record.events());
            } catch (RuntimeException e) {
                leave(task, e);
            }
        }

        private Uni<Void> flush() {
            TaskArchive.Batch full = batch;
            batch = archive.batch(shard);
            if (full.tasks().isEmpty()) {
                return Uni.createFrom().voidItem();
            }
            return Uni.createFrom()
                    .item(full)
                    .emitOn(workers)
                    .invoke(TaskArchive.Batch::store)
                    .invoke(stored -> metrics.archived(stored.tasks().size()))
                    .chain(stored -> retention.purge(shard, stored.tasks()))
                    .invoke(metrics::purged)
                    .invoke(purged -> removed += purged)
                    .replaceWithVoid();
        }
    }
}
