package org.mcpagentic.custommcp.remote;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mcpagentic.custommcp.remote.definition.Definition;

/**
 * How a server does, as this replica sees it.
 *
 * @param checkedAt when it was last asked what it offers
 * @param failure why that did not succeed
 * @param resting whether it is left alone, since most calls of it failed
 * @param revision of the protocol that it speaks
 * @param flawed what it lists and cannot be used
 */
public record Health(
        Optional<Instant> checkedAt,
        Optional<String> failure,
        boolean resting,
        Optional<String> revision,
        List<Definition.Read.Flawed> flawed) {

    public Health {
        flawed = List.copyOf(flawed);
    }
}
