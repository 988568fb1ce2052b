package org.mcpagentic.agent.loop;

import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.ToolCall;

/** What a step is about to do. */
public sealed interface StepIntent {

    /** Ask a model for its next turn. */
    record ModelTurn(String model) implements StepIntent {}

    /** Call a tool. */
    record ToolExecution(ToolCall call, SideEffects sideEffects) implements StepIntent {}
}
