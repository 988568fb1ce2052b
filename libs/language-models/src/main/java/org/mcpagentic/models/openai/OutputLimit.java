package org.mcpagentic.models.openai;

/** How a server wants to be told the bound on its answer. */
public enum OutputLimit {
    /** As most servers know it. */
    MAX_TOKENS("max_tokens"),
    /** As OpenAI's own models want it, thoughts included. */
    MAX_COMPLETION_TOKENS("max_completion_tokens");

    private final String field;

    OutputLimit(String field) {
        this.field = field;
    }

    String field() {
        return field;
    }
}
