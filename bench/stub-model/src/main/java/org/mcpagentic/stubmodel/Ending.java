package org.mcpagentic.stubmodel;

/** In which way an answer is one. */
public enum Ending {
    /** One candidate with a finish reason. */
    CANDIDATE,
    /** No candidate at all, and no reason given. */
    NO_CANDIDATE,
    /** No candidate because the prompt was blocked. */
    PROMPT_BLOCKED
}
