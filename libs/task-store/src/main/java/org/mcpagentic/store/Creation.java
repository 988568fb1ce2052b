package org.mcpagentic.store;

/**
 * What came of a creating request.
 *
 * @param task the task as it was when it was first created
 * @param replayed whether an earlier request with the same idempotency key had made it
 */
public record Creation(Task task, boolean replayed) {}
