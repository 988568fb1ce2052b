package org.mcpagentic.store;

import java.util.List;
import java.util.OptionalLong;

/**
 * Part of a list of tasks, newest first.
 *
 * @param next where the next page begins, nothing at the end
 */
public record TaskPage(List<Task> tasks, OptionalLong next) {

    public TaskPage {
        tasks = List.copyOf(tasks);
    }
}
