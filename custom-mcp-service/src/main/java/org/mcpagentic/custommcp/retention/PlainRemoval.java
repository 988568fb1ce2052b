package org.mcpagentic.custommcp.retention;

import io.smallrye.mutiny.Uni;
import java.util.List;
import org.mcpagentic.store.TaskRetention;
import org.mcpagentic.store.TaskRetention.Ended;

/** Removes what ended without keeping it anywhere. */
final class PlainRemoval implements Removal {

    private final TaskRetention retention;
    private final RetentionMetrics metrics;

    PlainRemoval(TaskRetention retention, RetentionMetrics metrics) {
        this.retention = retention;
        this.metrics = metrics;
    }

    @Override
    public Uni<Integer> remove(int shard, List<Ended> tasks) {
        return retention.purge(shard, tasks.stream().map(Ended::id).toList()).invoke(metrics::purged);
    }
}
