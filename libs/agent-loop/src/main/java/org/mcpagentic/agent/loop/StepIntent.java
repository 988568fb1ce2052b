package org.mcpagentic.agent.loop;

import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.ToolCall;

/** What a step is about to do. */
public sealed interface StepIntent {

    /**
     * Ask a model for its next turn.
     *
     * @param leftOut characters of earlier tool results that do not fit its context window, 0 or more
     */
    record ModelTurn(String model, long leftOut) implements StepIntent {}

    /** Call a tool. */
    record ToolExecution(ToolCall call, SideEffects sideEffects) implements StepIntent {}
}
