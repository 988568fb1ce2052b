package org.mcpagentic.agent.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mcpagentic.agent.loop.StepJournal;
import org.mcpagentic.store.TaskUsage;

class OrderedJournalTest {

    private final List<UniEmitter<? super Boolean>> written = new ArrayList<>();
    private final StepJournal journal =
            new OrderedJournal(batch -> Uni.createFrom().<Boolean>emitter(written::add));

    @Test
    void writesTheNextBatchOnceTheOneBeforeIsWritten() {
        write();
        write();
        int begun = written.size();

        written.getFirst().complete(true);

        assertThat(begun).isEqualTo(1);
        assertThat(written).hasSize(2);
    }

    @Test
    void writesTheNextBatchThoughTheOneBeforeFailed() {
        write();
        write();

        written.getFirst().fail(new IllegalStateException("lost"));

        assertThat(written).hasSize(2);
    }

    private void write() {
        journal.write(new StepJournal.Batch(
                        List.of(), List.of(), TaskUsage.NONE, List.of(), List.of(), Duration.ofSeconds(1)))
                .subscribe()
                .with(goOn -> {}, failure -> {});
    }
}
