package org.mcpagentic.store;

import java.time.Duration;

/**
 * A call that a person has to let be made.
 *
 * @param step of the task that the call is
 * @param toolName the tool that is called
 * @param sideEffects what a call of it does to the world, as the loop names it; no spaces
 * @param arguments what it is called with
 * @param expiry how long a decision is waited for, by Redis' clock; more than zero
 */
public record ApprovalRequest(int step, String toolName, String sideEffects, CallArguments arguments, Duration expiry) {

    public ApprovalRequest {
        if (step < 1) {
            throw new IllegalArgumentException("steps count from 1");
        }
        if (!expiry.isPositive()) {
            throw new IllegalArgumentException("a request's expiry is more than zero");
        }
    }
}
