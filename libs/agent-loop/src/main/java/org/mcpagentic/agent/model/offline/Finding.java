package org.mcpagentic.agent.model.offline;

/** What was found in a request. */
sealed interface Finding {

    /** Something that a tool can do. */
    record Wish(Intent intent) implements Finding {}

    /** Something to say without a tool. */
    record Remark(String text) implements Finding {}

    /** Words that no recogniser knows. */
    record NotUnderstood(String words) implements Finding {}
}
