package org.mcpagentic.store;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Reads what the transitions counted. */
public interface StatisticsReader {

    /** Which work is counted. */
    enum Work {
        TASKS,
        QUESTIONS
    }

    Uni<Statistics> read(Work work, TenantId tenant);

    /** Says that some tenant's figures may have changed. A hint that may be lost. */
    Multi<Long> changes();
}
