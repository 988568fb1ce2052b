package org.mcpagentic.custommcp.retention;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.mcpagentic.archive.ArchiveException;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.TaskRetention;

/**
 * Walks over all shards and removes the tasks that are kept no longer. A failure is told once, and again when it is another one; the
 * next walk begins anew. One walk at a time.
 */
final class Janitor {

    /** Tasks that are looked for at a time. */
    static final int PART = 200;

    private static final Logger LOG = Logger.getLogger(Janitor.class);

    private final TaskRetention retention;
    private final Removal removal;
    private final RetentionMetrics metrics;
    private volatile Optional<String> trouble = Optional.empty();

    Janitor(TaskRetention retention, Removal removal, RetentionMetrics metrics) {
        this.retention = retention;
        this.removal = removal;
        this.metrics = metrics;
    }

    /**
     * Removes all that there is to be removed.
     *
     * @return whether nothing stood in the way; never fails
     */
    Uni<Boolean> walk() {
        return Multi.createFrom()
                .range(0, retention.shards())
                .onItem()
                .transformToUniAndConcatenate(this::shardUnlessAway)
                .collect()
                .with(Collectors.reducing(true, Boolean::logicalAnd))
                .invoke(all -> {
                    if (all) {
                        fine();
                    }
                })
                .onFailure(ArchiveException.class)
                .recoverWithItem(failure -> {
                    metrics.archiveFailed();
                    tell("ended tasks stay in Redis until the archive takes them", failure);
                    return false;
                })
                .onFailure()
                .recoverWithItem(failure -> {
                    metrics.storeFailed();
                    tell("ended tasks cannot be removed", failure);
                    return false;
                });
    }

    /** why other shards go on: in a cluster one may be away while the others are there */
    private Uni<Boolean> shardUnlessAway(int shard) {
        return shard(shard).replaceWith(true).onFailure(StoreException.class).recoverWithItem(failure -> {
            metrics.storeFailed();
            tell("ended tasks cannot be removed", failure);
            return false;
        });
    }

    private Uni<Void> shard(int shard) {
        return Multi.createBy()
                .repeating()
                .uni(Walk::new, walk -> part(shard, walk))
                .whilst(more -> more)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** @return whether there is more to be looked for */
    private Uni<Boolean> part(int shard, Walk walk) {
        return Uni.createFrom()
                .deferred(() -> retention.expired(shard, walk.cursor, PART))
                .chain(expired -> {
                    boolean full = expired.tasks().size() >= PART;
                    walk.cursor = expired.next();
                    if (expired.tasks().isEmpty()) {
                        return Uni.createFrom().item(!expired.next().equals(TaskRetention.START));
                    }
                    return removal.remove(shard, expired.tasks())
                            // why: where nothing of a full part could go, the same part would come again
                            .map(removed -> full ? removed > 0 : !expired.next().equals(TaskRetention.START));
                });
    }

    private void tell(String what, Throwable failure) {
        String message = what + " reason=" + failure.getMessage();
        if (trouble.filter(message::equals).isEmpty()) {
            LOG.warn(
                    message, failure instanceof ArchiveException || failure instanceof StoreException ? null : failure);
        }
        trouble = Optional.of(message);
    }

    private void fine() {
        if (trouble.isPresent()) {
            LOG.info("ended tasks are removed again");
        }
        trouble = Optional.empty();
    }

    /** Where a walk over a shard is. */
    private static final class Walk {

        private String cursor = TaskRetention.START;
    }
}
