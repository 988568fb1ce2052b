package org.mcpagentic.custommcp.work;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
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
    private final Toolbox toolbox;
    private Optional<Cancellable> starting = Optional.empty();
    private boolean started;
    private boolean stopped;

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
        this.toolbox = toolbox;
        this.worker = WorkerFactory.create(vertx, tasks, queue, models, toolbox, policy, filter, config, metrics);
    }

    void start(@Observes StartupEvent event) {
        metrics.watch(worker);
        if (config.slots() > 0) {
            // why not before: a task that goes on here may be about to call a tool that is not known yet
            starting = Optional.of(toolbox.ready().subscribe().with(ready -> begin()));
        }
    }

    private synchronized void begin() {
        if (!stopped) {
            worker.start();
            started = true;
        }
    }

    private synchronized boolean end() {
        stopped = true;
        return started;
    }

    void stop(@Observes ShutdownEvent event) {
        starting.ifPresent(Cancellable::cancel);
        if (end()) {
            try {
                // why: the process must not go before its tasks are handed back; this is its own shutdown thread
                worker.stop().await().atMost(config.grace().plus(MARGIN));
            } catch (RuntimeException e) {
                LOG.warn("not all tasks could be handed back; others will take them over", e);
            }
        }
    }
}
