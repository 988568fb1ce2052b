package org.mcpagentic.agent.loop;

import org.mcpagentic.agent.model.ModelEvent.Turn;
import org.mcpagentic.agent.tool.ToolResult;
import org.mcpagentic.store.TaskError;

/** What came of a step. */
public sealed interface StepOutcome {

    /** The model took its turn. */
    record TurnTaken(Turn turn) implements StepOutcome {}

    /** The model did not answer. */
    record TurnFailed(TaskError error) implements StepOutcome {}

    /** The tool returned, well or not. */
    record ToolReturned(ToolResult result) implements StepOutcome {}
}
