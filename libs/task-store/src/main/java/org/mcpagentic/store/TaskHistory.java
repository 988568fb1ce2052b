package org.mcpagentic.store;

import java.util.List;

/**
 * A task with its journal, read at one instant.
 *
 * @param journal in order of the steps
 * @param lastEvent number of the newest event, at least 1
 * @param approvals that it asked for, oldest first
 */
public record TaskHistory(Task task, List<JournalEntry> journal, long lastEvent, List<Approval> approvals) {

    public TaskHistory {
        journal = List.copyOf(journal);
        approvals = List.copyOf(approvals);
    }

    /** Of a task that asked for no approval. */
    public TaskHistory(Task task, List<JournalEntry> journal, long lastEvent) {
        this(task, journal, lastEvent, List.of());
    }
}
