package org.mcpagentic.chaos.history;

import java.time.Instant;

/**
 * A tool's execution, as the ledger noted it when it began.
 *
 * @param key what the tool was given: the task's id, a dot and the step
 * @param entry the script's label, a dot and the turn that called it
 */
public record Execution(String key, String tool, String entry, int replica, Instant at) {

    public static final String APPEND = "ledger_append";

    /** The task that the key names. */
    public String task() {
        return key.substring(0, Math.max(0, key.lastIndexOf('.')));
    }

    /** The step that the key names; 0 where it names none. */
    public int step() {
        String step = key.substring(key.lastIndexOf('.') + 1);
        return step.matches("[0-9]{1,6}") ? Integer.parseInt(step) : 0;
    }
}
