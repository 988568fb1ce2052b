package org.mcpagentic.agent.loop;

import java.time.Duration;

/**
 * What one task may use.
 *
 * @param steps most journaled steps, model turns and tool calls together
 * @param time most time from the first step on
 * @param modelTurn most time for one turn of a model
 */
public record LoopLimits(int steps, Duration time, Duration modelTurn) {

    public LoopLimits {
        if (steps < 1 || !time.isPositive() || !modelTurn.isPositive()) {
            throw new IllegalArgumentException("a task's limits are more than zero");
        }
    }
}
