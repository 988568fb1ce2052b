package org.mcpagentic.custommcp.work;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.mcpagentic.agent.approval.CallPolicy;
import org.mcpagentic.agent.mask.OutputFilter;
import org.mcpagentic.agent.model.Models;
import org.mcpagentic.agent.tool.Toolbox;
import org.mcpagentic.agent.worker.Worker;
import org.mcpagentic.agent.worker.WorkerConfig;
import org.mcpagentic.agent.worker.WorkerFactory;
import org.mcpagentic.store.TaskStore;
import org.mcpagentic.store.WorkQueue;
import org.mcpagentic.store.redis.StoreConfig;

/** This replica's worker, from start to stop. */
@ApplicationScoped
class WorkerBean {

    private static final Logger LOG = Logger.getLogger(WorkerBean.class);
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final Worker worker;
    private final WorkerConfig config;
    private final WorkMetrics metrics;

    WorkerBean(
            Vertx vertx,
            TaskStore tasks,
            WorkQueue queue,
            Models models,
            Toolbox toolbox,
            CallPolicy policy,
            OutputFilter filter,
            WorkerConfig config,
            StoreConfig store,
            WorkMetrics metrics) {
        if (config.heartbeat().multipliedBy(3).compareTo(store.lease()) > 0) {
            throw new IllegalStateException(
                    "worker.heartbeat is " + config.heartbeat().toMillis()
                            + " ms; it has to be at most a third of store.lease, which is "
                            + store.lease().toMillis() + " ms");
        }
        this.config = config;
        this.metrics = metrics;
        this.worker = WorkerFactory.create(vertx, tasks, queue, models, toolbox, policy, filter, config, metrics);
    }

    void start(@Observes StartupEvent event) {
        metrics.watch(worker);
        if (config.slots() > 0) {
            worker.start();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (config.slots() > 0) {
            try {
                // why: the process must not go before its tasks are handed back; this is its own shutdown thread
                worker.stop().await().atMost(config.grace().plus(MARGIN));
            } catch (RuntimeException e) {
                LOG.warn("not all tasks could be handed back; others will take them over", e);
            }
        }
    }
}
