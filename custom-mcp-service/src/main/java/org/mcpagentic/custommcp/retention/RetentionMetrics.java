package org.mcpagentic.custommcp.retention;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** Retention's metrics, named in one place; of this replica alone: aggregate them by {@code sum}. */
@ApplicationScoped
class RetentionMetrics {

    private final Counter purged;
    private final Counter archived;
    private final Counter storeFailures;
    private final Counter archiveFailures;
    private final Counter taskFailures;

    RetentionMetrics(MeterRegistry registry) {
        purged = Counter.builder("tasks.purged")
                .description("Ended tasks that this replica removed from Redis")
                .register(registry);
        archived = Counter.builder("tasks.archived")
                .description("Ended tasks that this replica wrote to the archive")
                .register(registry);
        storeFailures = failures(registry, "store");
        archiveFailures = failures(registry, "archive");
        taskFailures = failures(registry, "task");
    }

    private static Counter failures(MeterRegistry registry, String cause) {
        return Counter.builder("retention.failures")
                .description("What kept ended tasks from being removed")
                .tag("cause", cause)
                .register(registry);
    }

    void purged(int tasks) {
        purged.increment(tasks);
    }

    void archived(int tasks) {
        archived.increment(tasks);
    }

    /** Redis did not answer, or refused. */
    void storeFailed() {
        storeFailures.increment();
    }

    /** Nothing was removed that the archive could not take. */
    void archiveFailed() {
        archiveFailures.increment();
    }

    /** One task could not be read, and stays. */
    void taskFailed() {
        taskFailures.increment();
    }
}
