package org.mcpagentic.store;

/**
 * A task that a worker got.
 *
 * @param hasJournal whether an earlier attempt left steps behind
 */
public record ClaimedTask(Claim claim, TaskSpec spec, boolean hasJournal) {}
