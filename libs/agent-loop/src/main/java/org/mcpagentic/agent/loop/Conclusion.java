package org.mcpagentic.agent.loop;

import java.util.List;
import org.mcpagentic.store.Ending;
import org.mcpagentic.store.Progress.Settlement;
import org.mcpagentic.store.Progress.StepEntry;
import org.mcpagentic.store.TaskUsage;

/**
 * How the loop ended, with what is still to be journaled.
 *
 * @param used by the outcomes
 * @param settle what their reservations are corrected by
 * @param steps how many there were
 */
public record Conclusion(Ending ending, List<StepEntry> outcomes, TaskUsage used, List<Settlement> settle, int steps) {

    public Conclusion {
        outcomes = List.copyOf(outcomes);
        settle = List.copyOf(settle);
    }
}
