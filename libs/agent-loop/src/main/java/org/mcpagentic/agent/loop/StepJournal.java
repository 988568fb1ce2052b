package org.mcpagentic.agent.loop;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import org.mcpagentic.store.Progress.StepEntry;
import org.mcpagentic.store.TaskUsage;

/** Where the loop writes what it did and what it is about to do, before it does it. */
@FunctionalInterface
public interface StepJournal {

    /**
     * Writes all in one step.
     *
     * @param used by the outcomes
     * @param deadline by when the intents have to be done
     * @return whether to go on; {@code false} where the task is being cancelled
     */
    Uni<Boolean> write(List<StepEntry> outcomes, List<StepEntry> intents, TaskUsage used, Duration deadline);
}
