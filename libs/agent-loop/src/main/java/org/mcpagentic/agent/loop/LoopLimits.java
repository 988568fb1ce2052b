package org.mcpagentic.agent.loop;

import java.time.Duration;

/**
 * What one task may use.
 *
 * @param steps most journaled steps, model turns and tool calls together
 * @param time most time from the first step on
 * @param modelTurn most time for one turn of a model
 * @param tokens after so many, read and written, no further turn is taken
 * @param costMicros after so many micro-dollars no further turn is taken
 */
public record LoopLimits(int steps, Duration time, Duration modelTurn, long tokens, long costMicros) {

    public LoopLimits {
        if (steps < 1 || !time.isPositive() || !modelTurn.isPositive() || tokens < 1 || costMicros < 1) {
            throw new IllegalArgumentException("a task's limits are more than zero");
        }
    }
}
