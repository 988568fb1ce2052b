package org.mcpagentic.store;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.mcpagentic.store.Progress.StepEntry;

/**
 * Durable tasks as their callers see them. Every operation is one atomic step, safe to repeat, and fails with
 * {@link StoreException}; {@code STORE_UNAVAILABLE} within two seconds where Redis does not answer.
 */
public interface TaskStore {

    /** Creates a task; a repeat under the same idempotency key returns the first one. */
    Uni<Creation> create(NewTask task);

    /**
     * What an earlier request with this idempotency key made; nothing where there was none. Fails as {@link #create} does for
     * another body under the key.
     *
     * @param enqueued whether such a request queues the task in the same step
     */
    Uni<Optional<Creation>> madeBefore(TenantId tenant, Idempotency idempotency, boolean enqueued);

    /**
     * Creates a task that does again what an ended one did, and takes over the steps before one; an unended one fails with
     * {@code ILLEGAL_TRANSITION}. A task that was given up is off the list of those.
     *
     * @param task names the other one in {@link TaskSpec#retryOf()}
     * @param fromStep the first step to be taken anew, 1 for all
     */
    Uni<Creation> repeat(NewTask task, int fromStep);

    /**
     * Queues a created task.
     *
     * @param guards bounds that are evaluated where it is queued by this; not where it was before
     * @return the status it has now: {@code queued}, or what it had already where it was run before
     */
    Uni<TaskStatus> enqueue(TenantId tenant, TaskId id, List<Guard> guards);

    /** Queues a created task whatever else is under way. */
    default Uni<TaskStatus> enqueue(TenantId tenant, TaskId id) {
        return enqueue(tenant, id, List.of());
    }

    /**
     * Asks for an end.
     *
     * @param by who asks, for the audit trail
     * @return the status it has now: final, or {@code cancelling} until its worker confirms
     */
    Uni<TaskStatus> cancel(TenantId tenant, OwnerId by, TaskId id);

    /**
     * Says what came of a step that was begun and whose outcome nobody knows, and queues its task, which waits for that.
     *
     * @param by who says so, for the audit trail
     * @param decision random; the same decision sent twice is taken once
     * @param outcome as the loop writes it; nothing to take the step again
     * @return the status it has now. Fails with {@code ILLEGAL_TRANSITION} where the task does not wait, with {@code
     *     STEP_SETTLED} where the step is not open
     */
    Uni<TaskStatus> resolve(
            TenantId tenant, OwnerId by, TaskId id, String decision, int step, Optional<StepEntry> outcome);

    /** The task with its journal; fails with {@code TASK_NOT_FOUND} also for another tenant's. */
    Uni<TaskHistory> read(TenantId tenant, TaskId id);

    /**
     * The tenant's tasks, newest first.
     *
     * @param status only these
     * @param before where a page before ended, {@link TaskPage#next()}
     * @param limit 1 to 200
     */
    Uni<TaskPage> list(TenantId tenant, Optional<TaskStatus> status, OptionalLong before, int limit);

    /**
     * The tenant's tasks that were given up because their workers died, newest first, until they are repeated.
     *
     * @param before where a page before ended, {@link TaskPage#next()}
     * @param limit 1 to 200
     */
    Uni<TaskPage> deadLetters(TenantId tenant, OptionalLong before, int limit);

    /** The task's events behind a number, in order; does not look at whose it is. */
    Uni<List<TaskEvent>> eventsAfter(TaskId id, long number);

    /**
     * Says that a task has news. A hint that may be lost, never more; shared by all subscribers of this process.
     */
    Multi<News> newsOf(TaskId id);

    /**
     * A task has news.
     *
     * @param number of its newest event; 0 where hints may have been lost and it is time to look
     * @param ended whether that event is the final one
     */
    record News(long number, boolean ended) {}
}
