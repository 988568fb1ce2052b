package org.mcpagentic.agent.loop;

import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.List;
import org.mcpagentic.agent.model.Models;
import org.mcpagentic.agent.tool.Toolbox;
import org.mcpagentic.store.ClaimedTask;
import org.mcpagentic.store.Ending;
import org.mcpagentic.store.TaskError;
import org.mcpagentic.store.TaskUsage;

/**
 * Runs a task step by step: a model's turn, the tools it calls, the next turn, until it answers. Every step is journaled
 * before and after, so that a task goes on behind its last step wherever it is picked up.
 */
public final class AgentLoop {

    private final Models models;
    private final Toolbox toolbox;
    private final LoopLimits limits;
    private final InstantSource clock;

    public AgentLoop(Models models, Toolbox toolbox, LoopLimits limits, InstantSource clock) {
        this.models = models;
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
                .deferred(() -> models.of(task.spec().model())
                        .map(model -> new TaskRun(model, toolbox, limits, clock, task, steps, journal, listener).next())
                        .orElseGet(() -> Uni.createFrom().item(withoutModel(task, steps))));
    }

    /** The catalogue may have changed since the task was accepted. */
    private static Conclusion withoutModel(ClaimedTask task, List<Step> steps) {
        TaskError error = new TaskError(
                "unknown_model",
                "the model \"" + task.spec().model().orElse("") + "\" that it asks for is not connected any more");
        int last = steps.isEmpty() ? 0 : steps.getLast().number();
        return new Conclusion(new Ending.Failed(error), List.of(), TaskUsage.NONE, last);
    }
}
