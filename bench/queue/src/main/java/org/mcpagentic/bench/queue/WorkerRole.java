package org.mcpagentic.bench.queue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.mcpagentic.agent.approval.CallPolicy;
import org.mcpagentic.agent.loop.StepListener;
import org.mcpagentic.agent.mask.OutputFilter;
import org.mcpagentic.agent.model.Models;
import org.mcpagentic.agent.model.Usage;
import org.mcpagentic.agent.tool.Toolbox;
import org.mcpagentic.agent.worker.Worker;
import org.mcpagentic.agent.worker.WorkerConfig;
import org.mcpagentic.agent.worker.WorkerFactory;

/** A process that works on tasks until it is told to stop: the product's worker with a model that has nothing to do. */
final class WorkerRole {

    private WorkerRole() {}

    /** Starts the worker and returns; it goes on until the process ends. */
    static void run(String url, int slots, Duration think) {
        OpenedStore opened = OpenedStore.on(url);
        Worker worker = WorkerFactory.create(
                opened.vertx().getDelegate(),
                opened.store().tasks(),
                opened.store().queue(),
                Models.only(new NoOpModel(think)),
                new Toolbox(List.of(), OutputFilter.NONE),
                CallPolicy.ALLOWING,
                OutputFilter.NONE,
                OpenedStore.config(WorkerConfig.class, Map.of("worker.slots", Integer.toString(slots))),
                new Unheard());
        worker.start();
        Wire.say("READY");
    }

    private static final class Unheard implements StepListener {

        @Override
        public void textArrived(int step, String text) {}

        @Override
        public void modelAnswered(String model, Duration took, Usage usage) {}

        @Override
        public void modelFailed(String model, Duration took) {}

        @Override
        public void toolReturned(String tool, Duration took, boolean failed) {}
    }
}
