package org.mcpagentic.agent.worker;

import io.smallrye.mutiny.Uni;
import org.mcpagentic.agent.loop.StepJournal;

/**
 * Writes one batch after the other, also where calls that run beside each other end at the same time: the store tells a
 * batch that is sent twice from a new one only while no other came between.
 */
final class OrderedJournal implements StepJournal {

    private final StepJournal journal;
    private Uni<Boolean> last = Uni.createFrom().item(true);

    OrderedJournal(StepJournal journal) {
        this.journal = journal;
    }

    @Override
    public synchronized Uni<Boolean> write(Batch batch) {
        Uni<Boolean> before = last;
        last = before.onItemOrFailure()
                .transformToUni((goOn, failure) -> journal.write(batch))
                .memoize()
                .indefinitely();
        return last;
    }
}
