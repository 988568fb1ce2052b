package org.mcpagentic.agent.loop;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import org.mcpagentic.store.Guard;
import org.mcpagentic.store.Progress.Settlement;
import org.mcpagentic.store.Progress.StepEntry;
import org.mcpagentic.store.TaskUsage;

/** Where the loop writes what it did and what it is about to do, before it does it. */
@FunctionalInterface
public interface StepJournal {

    /**
     * Writes all in one step.
     *
     * @return whether to go on; {@code false} where the task is being cancelled. Fails with {@code GUARD_REFUSED} where a budget does
     *     not allow the intents; then nothing is written
     */
    Uni<Boolean> write(Batch batch);

    /**
     * What is written.
     *
     * @param used by the outcomes
     * @param reserve what the intents may use of budgets
     * @param settle what the outcomes' reservations are corrected by
     * @param deadline by when the intents have to be done
     */
    record Batch(
            List<StepEntry> outcomes,
            List<StepEntry> intents,
            TaskUsage used,
            List<Guard> reserve,
            List<Settlement> settle,
            Duration deadline) {

        public Batch {
            outcomes = List.copyOf(outcomes);
            intents = List.copyOf(intents);
            reserve = List.copyOf(reserve);
            settle = List.copyOf(settle);
        }
    }
}
