package org.mcpagentic.chaos.check;

/** What holds after every history. */
public enum Invariant {
    /** Every task that a client was promised exists and ended, once; a key makes one task; an end is never taken back. */
    ENDS_ONCE,
    /** Nothing changes after the end, and no outcome of a step ever changes. */
    STALE_CHANGES_NOTHING,
    /** Present and purged tasks are what the counters say, exactly. */
    COUNTERS_AGREE,
    /** Redis holds nothing that belongs to nobody, and nothing for ever that should go. */
    NO_RESIDUE,
    /** No journaled step is done again; what is not idempotent never happens twice. */
    NO_STEP_TWICE,
    /** A task's events are without gaps, in a legal order, and the same for all who look. */
    EVENTS_IN_ORDER,
    /** Subscribers hear of each creation and of each end, once. */
    OUTBOX_COMPLETE,
    /** What a dead worker held goes on soon; nothing is taken from a living one. */
    WORK_GOES_ON,
    /** Nobody is refused but for a reason of the contract. */
    CLIENTS_ARE_SERVED
}
