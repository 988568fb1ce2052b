package org.mcpagentic.agent.loop;

import java.util.Optional;
import org.mcpagentic.agent.tool.ToolResult;
import org.mcpagentic.store.Progress.StepEntry;

/** What a person says of a tool's call that was begun and whose outcome nobody knows. */
public sealed interface StepDecision {

    /** The call is made again. */
    record Repeat() implements StepDecision {}

    /** The call is left as it is; the model reads that nobody knows whether it took effect. */
    record Skip() implements StepDecision {}

    /**
     * The call came to this.
     *
     * @param result as the model reads it; {@link #fits} says whether the journal takes it
     */
    record Given(String result) implements StepDecision {

        public Given {
            if (!fits(result)) {
                throw new IllegalArgumentException("a step's result is larger than the journal keeps");
            }
        }

        /** Whether a result is within the journal's bound for one step. */
        public static boolean fits(String result) {
            return StepCodec.fits(new StepOutcome.ToolReturned(returned(result)));
        }

        private static ToolResult returned(String result) {
            return new ToolResult(result, false, false);
        }
    }

    /**
     * What is written into the journal for the step.
     *
     * @param tool the tool that was called
     * @return nothing where the step is taken again
     */
    default Optional<StepEntry> outcome(int step, String tool) {
        return result().map(
                        result -> new StepEntry(step, StepCodec.encode(new StepOutcome.ToolReturned(result)), tool));
    }

    private Optional<ToolResult> result() {
        return switch (this) {
            case Repeat repeat -> Optional.empty();
            case Skip skip ->
                Optional.of(new ToolResult(
                        "a person skipped this call: the worker that made it was lost, and whether it took effect is not"
                                + " known. Do not take it for done, and do not make it again unasked.",
                        true,
                        false));
            case Given given -> Optional.of(Given.returned(given.result()));
        };
    }
}
