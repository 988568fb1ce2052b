package org.mcpagentic.agent.loop;

import io.smallrye.mutiny.Uni;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.mcpagentic.agent.approval.CallPolicy;
import org.mcpagentic.agent.model.DataFrame;
import org.mcpagentic.agent.model.Models;
import org.mcpagentic.agent.tool.CallThreads;
import org.mcpagentic.agent.tool.Toolbox;
import org.mcpagentic.store.Approval;
import org.mcpagentic.store.ClaimedTask;
import org.mcpagentic.store.Ending;
import org.mcpagentic.store.TaskError;
import org.mcpagentic.store.TaskUsage;

/**
 * Runs a task step by step: a model's turn, the tools it calls, the next turn, until it answers. Every step is journaled
 * before and after, so that a task goes on behind its last step wherever it is picked up.
 */
public final class AgentLoop {

    private static final int ATTEMPTS_WITHOUT_MODEL = 10;
    private static final Duration PAUSE_WITHOUT_MODEL = Duration.ofSeconds(15);

    private final Models models;
    private final Toolbox toolbox;
    private final CallPolicy policy;
    private final LoopLimits limits;
    private final InstantSource clock;
    private final InstantSource calendar;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param policy is asked before each call of a tool
     * @param clock one that no one sets: only the time between two looks at it counts
     * @param calendar tells the day, on which budgets are counted
     */
    public AgentLoop(
            Models models,
            Toolbox toolbox,
            CallPolicy policy,
            LoopLimits limits,
            InstantSource clock,
            InstantSource calendar) {
        this.models = models;
        this.toolbox = toolbox;
        this.policy = policy;
        this.limits = limits;
        this.clock = clock;
        this.calendar = calendar;
    }

    /** A loop that makes every call; the parameters are the other constructor's. */
    public AgentLoop(Models models, Toolbox toolbox, LoopLimits limits, InstantSource clock, InstantSource calendar) {
        this(models, toolbox, CallPolicy.ALLOWING, limits, clock, calendar);
    }

    /** Runs a task that has asked for no approvals; the parameters are the other method's. */
    public Uni<Conclusion> run(
            ClaimedTask task, List<Step> steps, StepJournal journal, StepListener listener, CallThreads threads) {
        return run(task, steps, List.of(), journal, listener, threads);
    }

    /**
     * Runs a task to its conclusion. Cancelling the subscription aborts the call that is under way.
     *
     * @param steps what earlier attempts left behind, in order
     * @param approvals what they asked for, oldest first
     * @param threads those that the task's tool calls run on; a cancelled subscription does not wait for them
     * @return fails only where the journal does
     */
    public Uni<Conclusion> run(
            ClaimedTask task,
            List<Step> steps,
            List<Approval> approvals,
            StepJournal journal,
            StepListener listener,
            CallThreads threads) {
        return toolbox.caughtUp(task.spec().tenant(), task.spec().tools())
                .chain(() -> models.of(task.spec().model())
                        .map(model -> new TaskRun(
                                        model,
                                        toolbox,
                                        limits,
                                        clock,
                                        calendar,
                                        DataFrame.unguessable(random),
                                        task,
                                        steps,
                                        new CallRulings(policy, task.spec(), toolbox, steps, approvals),
                                        journal,
                                        listener,
                                        threads)
                                .next())
                        .orElseGet(() -> Uni.createFrom().item(withoutModel(task, steps))));
    }

    /**
     * The catalogue may have changed since the task was accepted; or it is about to, where replicas are being replaced and
     * this one does not know yet what another accepted.
     */
    private static Conclusion withoutModel(ClaimedTask task, List<Step> steps) {
        TaskError error = new TaskError(
                "unknown_model",
                "the model \"" + task.spec().model().orElse("") + "\" that it asks for is not connected any more");
        int last = steps.isEmpty() ? 0 : steps.getLast().number();
        Ending ending = task.claim().attempt() < ATTEMPTS_WITHOUT_MODEL
                ? new Ending.RetryLater(error, PAUSE_WITHOUT_MODEL)
                : new Ending.Failed(error);
        return new Conclusion(ending, List.of(), TaskUsage.NONE, List.of(), last);
    }
}
