package org.mcpagentic.agent.loop;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.mcpagentic.store.JournalEntry;
import org.mcpagentic.store.Progress.StepEntry;
import org.mcpagentic.store.TaskUsage;

/** A journal in memory that also keeps the order of the writes. */
final class MemoryJournal implements StepJournal {

    private final TreeMap<Integer, JournalEntry> entries = new TreeMap<>();
    private final List<String> writes = new ArrayList<>();
    private TaskUsage used = TaskUsage.NONE;
    private int writesAllowed = Integer.MAX_VALUE;

    /** After that many writes the task is being cancelled. */
    MemoryJournal cancelledAfter(int allowed) {
        writesAllowed = allowed;
        return this;
    }

    @Override
    public Uni<Boolean> write(Batch batch) {
        boolean goOn = writesAllowed-- > 0;
        if (goOn) {
            // why: of a step that begins and ends with one batch the outcome is written too
            batch.intents()
                    .forEach(intent -> entries.putIfAbsent(
                            intent.step(),
                            new JournalEntry(intent.step(), 1, intent.payload(), Instant.EPOCH, Optional.empty())));
        }
        record(batch.outcomes(), batch.used());
        if (goOn) {
            for (StepEntry intent : batch.intents()) {
                writes.add("intent " + intent.step());
                Optional<JournalEntry.Outcome> settled = batch.outcomes().stream()
                                .anyMatch(outcome -> outcome.step() == intent.step())
                        ? Optional.ofNullable(entries.get(intent.step())).flatMap(JournalEntry::outcome)
                        : Optional.empty();
                entries.put(
                        intent.step(), new JournalEntry(intent.step(), 1, intent.payload(), Instant.EPOCH, settled));
            }
        }
        return Uni.createFrom().item(goOn);
    }

    void record(List<StepEntry> outcomes, TaskUsage usage) {
        used = used.plus(usage);
        for (StepEntry outcome : outcomes) {
            writes.add("outcome " + outcome.step());
            JournalEntry begun = java.util.Objects.requireNonNull(entries.get(outcome.step()));
            entries.put(
                    outcome.step(),
                    new JournalEntry(
                            begun.step(),
                            begun.attempt(),
                            begun.intent(),
                            begun.startedAt(),
                            Optional.of(new JournalEntry.Outcome(outcome.payload(), Instant.EPOCH))));
        }
    }

    List<String> writes() {
        return writes;
    }

    TaskUsage used() {
        return used;
    }

    /** What a later attempt finds, as it is decoded from the text that was written. */
    List<Step> steps() {
        return entries.values().stream().map(StepCodec::decode).toList();
    }
}
