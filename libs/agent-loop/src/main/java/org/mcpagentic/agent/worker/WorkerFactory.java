package org.mcpagentic.agent.worker;

import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.UUID;
import org.mcpagentic.agent.approval.CallPolicy;
import org.mcpagentic.agent.filtered.FilteredModels;
import org.mcpagentic.agent.loop.AgentLoop;
import org.mcpagentic.agent.loop.LoopLimits;
import org.mcpagentic.agent.loop.StepListener;
import org.mcpagentic.agent.mask.OutputFilter;
import org.mcpagentic.agent.model.Models;
import org.mcpagentic.agent.tool.Toolbox;
import org.mcpagentic.store.TaskStore;
import org.mcpagentic.store.WorkQueue;

/** Puts a worker together. */
public final class WorkerFactory {

    private WorkerFactory() {}

    /**
     * @param policy is asked before each call of a tool
     * @param filter is given all that models say; the toolbox has one of its own
     */
    // why: the loops themselves are asked whether they answer, and Vert.x offers no other way to them
    @SuppressWarnings("deprecation")
    public static Worker create(
            Vertx vertx,
            TaskStore tasks,
            WorkQueue queue,
            Models models,
            Toolbox toolbox,
            CallPolicy policy,
            OutputFilter filter,
            WorkerConfig config,
            StepListener metrics) {
        LoopLimits limits = new LoopLimits(
                config.steps(),
                config.time(),
                config.modelTurn(),
                config.tokens(),
                config.cost().movePointRight(6).longValue());
        AgentLoop loop = new AgentLoop(
                new FilteredModels(models, filter), toolbox, policy, limits, new SteadyClock(), InstantSource.system());
        return new Worker(
                queue,
                new TaskRunner(loop, tasks, queue, metrics),
                config,
                new EventLoops(vertx.nettyEventLoopGroup()),
                UUID.randomUUID().toString());
    }
}
