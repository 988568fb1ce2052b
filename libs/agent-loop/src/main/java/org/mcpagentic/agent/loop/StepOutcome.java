package org.mcpagentic.agent.loop;

import org.mcpagentic.agent.model.ModelEvent.Turn;
import org.mcpagentic.agent.model.Usage;
import org.mcpagentic.agent.tool.ToolResult;
import org.mcpagentic.store.TaskError;

/** What came of a step. */
public sealed interface StepOutcome {

    /** The model took its turn. */
    record TurnTaken(Turn turn) implements StepOutcome {}

    /**
     * The model did not answer.
     *
     * @param usage what was paid for all the same
     */
    record TurnFailed(TaskError error, Usage usage) implements StepOutcome {}

    /** The tool returned, well or not. */
    record ToolReturned(ToolResult result) implements StepOutcome {}
}
