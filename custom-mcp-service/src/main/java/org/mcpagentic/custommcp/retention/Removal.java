package org.mcpagentic.custommcp.retention;

import io.smallrye.mutiny.Uni;
import java.util.List;
import org.mcpagentic.store.TaskRetention.Ended;

/** How ended tasks of a shard leave the store. */
interface Removal {

    /**
     * Removes tasks for good.
     *
     * @return how many are gone; those that cannot go now stay. Fails where none can
     */
    Uni<Integer> remove(int shard, List<Ended> tasks);
}
