package org.mcpagentic.store;

import java.util.List;

/**
 * A task with its journal, read at one instant.
 *
 * @param journal in order of the steps
 * @param lastEvent number of the newest event, at least 1
 */
public record TaskHistory(Task task, List<JournalEntry> journal, long lastEvent) {

    public TaskHistory {
        journal = List.copyOf(journal);
    }
}
