package org.mcpagentic.store;

import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * Ended tasks that are kept no longer: those that ended too long ago, and the oldest of a tenant that has too many. Any
 * process may remove them, also several at a time.
 */
public interface TaskRetention {

    /** Where a walk over a shard's tenants begins. */
    String START = "0";

    /** The shards that there are. */
    int shards();

    /**
     * Finds tasks to be removed.
     *
     * @param cursor {@link #START}, or where the walk is
     * @param limit 1 to 1,000
     */
    Uni<Expired> expired(int shard, String cursor, int limit);

    /**
     * Removes ended tasks for good, with steps and events.
     *
     * @param ids of one shard, at most 1,000; those that are unknown or have not ended are left alone
     * @return how many were removed
     */
    Uni<Integer> purge(int shard, List<TaskId> ids);

    /**
     * Part of a walk.
     *
     * @param next where the walk goes on, {@link #START} where it has been everywhere; where it is the same cursor again, there
     *     may be more once these are removed
     */
    record Expired(List<Ended> tasks, String next) {

        public Expired {
            tasks = List.copyOf(tasks);
        }
    }

    /** An ended task and whose it is. */
    record Ended(TenantId tenant, TaskId id) {}
}
