package org.mcpagentic.store;

import java.util.Optional;

/**
 * What came of a creating request.
 *
 * @param task the task as it was when it was first created
 * @param replayed whether an earlier request with the same idempotency key had made it
 * @param allowance what the request's rate has left; nothing without one, and where nothing was charged
 */
public record Creation(Task task, boolean replayed, Optional<Allowance> allowance) {}
