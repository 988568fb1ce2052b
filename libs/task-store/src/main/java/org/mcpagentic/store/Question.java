package org.mcpagentic.store;

import java.util.List;
import java.util.Optional;

/**
 * A direct question to be admitted.
 *
 * @param userAgent the client program, kept with the session
 * @param idempotency present where a repeat of the request has to return the first response
 * @param guards bounds that are evaluated before anything is written
 */
public record Question(
        TenantId tenant,
        OwnerId owner,
        SessionId session,
        String userAgent,
        Optional<Idempotency> idempotency,
        List<Guard> guards) {

    public Question {
        guards = List.copyOf(guards);
    }
}
