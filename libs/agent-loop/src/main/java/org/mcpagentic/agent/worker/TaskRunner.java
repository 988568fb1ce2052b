package org.mcpagentic.agent.worker;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.mcpagentic.agent.loop.AgentLoop;
import org.mcpagentic.agent.loop.Conclusion;
import org.mcpagentic.agent.loop.Step;
import org.mcpagentic.agent.loop.StepCodec;
import org.mcpagentic.agent.loop.StepJournal;
import org.mcpagentic.agent.loop.StepListener;
import org.mcpagentic.agent.tool.CallThreads;
import org.mcpagentic.store.Approval;
import org.mcpagentic.store.Claim;
import org.mcpagentic.store.ClaimedTask;
import org.mcpagentic.store.Ending;
import org.mcpagentic.store.Progress;
import org.mcpagentic.store.StoreException;
import org.mcpagentic.store.StoreException.Code;
import org.mcpagentic.store.TaskError;
import org.mcpagentic.store.TaskStore;
import org.mcpagentic.store.TaskUsage;
import org.mcpagentic.store.WorkQueue;

/** Runs one claimed task: the loop between the journal and the task's end. */
final class TaskRunner {

    private static final Logger LOG = Logger.getLogger(TaskRunner.class);

    /** Nothing comes behind a claim's end, whatever came before. */
    private static final long LAST = Long.MAX_VALUE;

    private static final Duration STEP = Duration.ofSeconds(60);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_OUTAGE = Duration.ofMinutes(10);

    private final AgentLoop loop;
    private final TaskStore tasks;
    private final WorkQueue queue;
    private final StepListener metrics;

    TaskRunner(AgentLoop loop, TaskStore tasks, WorkQueue queue, StepListener metrics) {
        this.loop = loop;
        this.tasks = tasks;
        this.queue = queue;
        this.metrics = metrics;
    }

    /**
     * Completes when the task is out of this worker's hands, whatever became of it.
     *
     * @param threads those that its tool calls will run on
     */
    Uni<Void> run(ClaimedTask task, CallThreads threads) {
        Claim claim = task.claim();
        DeltaSender deltas = new DeltaSender(queue, claim.task(), metrics);
        return past(task)
                .chain(past -> loop.run(task, past.steps(), past.approvals(), journal(claim), deltas, threads))
                .chain(conclusion -> end(claim, conclusion))
                .onFailure()
                .recoverWithUni(failure -> broke(claim, failure))
                .onTermination()
                .invoke(deltas::close);
    }

    Uni<Void> confirmCancel(Claim claim) {
        return patiently(queue.end(claim, nothing(), new Ending.CancelConfirmed()))
                .invoke(status -> LOG.infof("task cancelled taskId=%s", claim.task()))
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "a cancel could not be confirmed taskId=%s reason=%s", claim.task(), failure.getMessage()));
    }

    Uni<Void> handBack(Claim claim) {
        return queue.end(claim, nothing(), new Ending.Released())
                .invoke(status -> LOG.infof("task handed back taskId=%s", claim.task()))
                .replaceWithVoid()
                .onFailure()
                .recoverWithNull();
    }

    /** What earlier attempts left behind. */
    private record Past(List<Step> steps, List<Approval> approvals) {}

    private Uni<Past> past(ClaimedTask task) {
        if (!task.hasJournal()) {
            return Uni.createFrom().item(new Past(List.of(), List.of()));
        }
        return patiently(tasks.read(task.spec().tenant(), task.claim().task()))
                .map(history -> new Past(
                        history.journal().stream().map(StepCodec::decode).toList(), history.approvals()));
    }

    private StepJournal journal(Claim claim) {
        AtomicLong number = new AtomicLong();
        return new OrderedJournal(batch -> patiently(queue.advance(
                claim,
                new Progress(
                        number.incrementAndGet(),
                        batch.outcomes(),
                        batch.intents(),
                        batch.used(),
                        batch.reserve(),
                        batch.settle(),
                        batch.deadline()))));
    }

    private Uni<Void> end(Claim claim, Conclusion conclusion) {
        Progress last = new Progress(
                LAST, conclusion.outcomes(), List.of(), conclusion.used(), List.of(), conclusion.settle(), STEP);
        return patiently(queue.end(claim, last, conclusion.ending()))
                .onFailure(failure -> is(failure, Code.ILLEGAL_TRANSITION))
                .recoverWithUni(() -> queue.end(claim, last, new Ending.CancelConfirmed()))
                .invoke(status -> LOG.infof(
                        "task left taskId=%s status=%s steps=%d attempt=%d",
                        claim.task(), status.wireName(), conclusion.steps(), claim.attempt()))
                .replaceWithVoid();
    }

    private Uni<Void> broke(Claim claim, Throwable failure) {
        if (is(failure, Code.STALE_CLAIM)) {
            LOG.warnf("task was taken over taskId=%s attempt=%d", claim.task(), claim.attempt());
            return Uni.createFrom().voidItem();
        }
        TaskError error = is(failure, Code.JOURNAL_FULL)
                ? new TaskError("journal_full", "it had more to say than a task's journal holds")
                : new TaskError("internal", "the service broke while it ran");
        LOG.errorf(failure, "task broke taskId=%s", claim.task());
        return patiently(queue.end(claim, nothing(), new Ending.Failed(error)))
                .replaceWithVoid()
                .onFailure()
                .recoverWithNull();
    }

    /** Repeats while Redis is away: the work is done, only writing it down has to wait. */
    private static <T> Uni<T> patiently(Uni<T> write) {
        return Uni.createFrom().deferred(() -> {
            // why not Mutiny's own bound: it looks at the machine's clock, which may jump
            long end = System.nanoTime() + LONGEST_OUTAGE.toNanos();
            return write.onFailure(failure -> is(failure, Code.STORE_UNAVAILABLE) && System.nanoTime() - end < 0)
                    .retry()
                    .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                    .indefinitely();
        });
    }

    private static boolean is(Throwable failure, Code code) {
        return failure instanceof StoreException refusal && refusal.code() == code;
    }

    private static Progress nothing() {
        return new Progress(LAST, List.of(), List.of(), TaskUsage.NONE, List.of(), List.of(), STEP);
    }
}
