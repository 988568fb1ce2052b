package org.mcpagentic.agent.loop;

import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.List;
import org.mcpagentic.agent.model.LanguageModel;
import org.mcpagentic.agent.tool.Toolbox;
import org.mcpagentic.store.ClaimedTask;

/**
 * Runs a task step by step: a model's turn, the tools it calls, the next turn, until it answers. Every step is journaled
 * before and after, so that a task goes on behind its last step wherever it is picked up.
 */
public final class AgentLoop {

    private final LanguageModel model;
    private final Toolbox toolbox;
    private final LoopLimits limits;
    private final InstantSource clock;

    public AgentLoop(LanguageModel model, Toolbox toolbox, LoopLimits limits, InstantSource clock) {
        this.model = model;
        this.toolbox = toolbox;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Runs a task to its conclusion. Cancelling the subscription aborts the call that is under way.
     *
     * @param steps what earlier attempts left behind, in order
     * @return fails only where the journal does
     */
    public Uni<Conclusion> run(ClaimedTask task, List<Step> steps, StepJournal journal, StepListener listener) {
        return Uni.createFrom()
                .deferred(() -> new TaskRun(model, toolbox, limits, clock, task, steps, journal, listener).next());
    }
}
