package org.mcpagentic.store;

import java.util.List;
import java.util.Optional;

/**
 * A task to be created.
 *
 * @param userAgent the client program, kept with the session
 * @param enqueue whether it is queued in the same step
 * @param idempotency present where a repeat of the request has to return the first task
 * @param guards bounds that are evaluated before anything is written
 */
public record NewTask(
        TaskSpec spec, String userAgent, boolean enqueue, Optional<Idempotency> idempotency, List<Guard> guards) {

    public NewTask {
        guards = List.copyOf(guards);
    }
}
