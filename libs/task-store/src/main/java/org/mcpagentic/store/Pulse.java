package org.mcpagentic.store;

import java.util.List;
import java.util.Set;

/**
 * What a shard tells a worker when its lease is renewed.
 *
 * @param claimed tasks it holds from now on
 * @param cancels tasks it holds that somebody wants ended; repeated until they are
 * @param acknowledge what the next tick says to show that this answer arrived
 */
public record Pulse(List<ClaimedTask> claimed, Set<TaskId> cancels, String acknowledge) {

    public Pulse {
        claimed = List.copyOf(claimed);
        cancels = Set.copyOf(cancels);
    }
}
