package org.mcpagentic.store;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * The worker's side of the store. A worker is one incarnation of a process; its lease covers all that it holds and is
 * renewed by every {@link #tick}.
 */
public interface WorkQueue {

    /** The shards that there are; a worker serves all of them. */
    int shards();

    /**
     * Renews the worker's lease on one shard, takes tasks away from dead workers, promotes what is due, and claims.
     *
     * @param worker the incarnation, unique
     * @param capacity how many tasks it can take now, 0 to 64
     * @param nonce random for this tick; a tick that is sent twice claims once
     * @param acknowledged {@link Pulse#acknowledge()} of the last answer that arrived, empty before the first; where
     *     claims were made since, they are handed over again
     */
    Uni<Pulse> tick(int shard, String worker, int capacity, String nonce, String acknowledged);

    /**
     * Claims between two heartbeats, which costs less than a {@link #tick}: renews nothing, and claims nothing where the
     * lease has ended. The parameters are a tick's.
     */
    Uni<Pulse> claim(int shard, String worker, int capacity, String nonce, String acknowledged);

    /**
     * Journals progress.
     *
     * @return whether the worker may go on; {@code false} when the task is being cancelled: the outcomes are kept, the
     *     intents are not. Fails with {@code STALE_CLAIM}, {@code JOURNAL_FULL} or {@code GUARD_REFUSED}.
     */
    Uni<Boolean> advance(Claim claim, Progress progress);

    /**
     * Journals the last outcomes and lets go of the task, in one step.
     *
     * @return the status it has now. Fails with {@code STALE_CLAIM}; a repeat returns what the first one did.
     */
    Uni<TaskStatus> end(Claim claim, Progress last, Ending ending);

    /** Says that a shard has news for workers: new work or a cancel. A hint that may be lost. */
    Multi<Integer> hints();

    /** Gives a worker's lease up at once; what it still holds is reclaimed at the next tick of another. */
    Uni<Void> leave(String worker);

    /** What all tenants' tasks of all shards are doing now, for the operator. */
    Uni<QueueGauges> gauges();

    /** Passes a piece of a model's text on to whoever watches the task; not kept. */
    Uni<Void> show(TaskId id, int step, String text);

    /** Pieces of text that {@link #show} passed on for a task, from now on. */
    Multi<Delta> deltas(TaskId id);

    /** A piece of a model's text. */
    record Delta(int step, String text) {}
}
