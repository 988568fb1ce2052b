package org.mcpagentic.agent.tool;

/** What calling a tool again does to the world; decides whether a call of unknown outcome may be repeated. */
public enum SideEffects {
    /** Changes nothing: may be repeated and run beside others. */
    READ_ONLY,
    /** Changes something, the same change however often: may be repeated under the same key. */
    IDEMPOTENT,
    /** Every call changes something anew: never repeated silently. */
    NON_IDEMPOTENT
}
