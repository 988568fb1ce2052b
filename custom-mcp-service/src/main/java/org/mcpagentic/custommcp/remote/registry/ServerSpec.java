package org.mcpagentic.custommcp.remote.registry;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mcpagentic.agent.tool.SideEffects;

/**
 * An external server as an administrator wants it.
 *
 * @param token what it knows us by; never shown
 * @param timeout of one call, more than zero
 * @param tools the server's names of those that are used; all where nothing is given
 * @param sideEffects of tools by the server's names; {@link SideEffects#NON_IDEMPOTENT} for the others
 * @param trustFirst whether what the first look at it finds is approved by that; what comes or changes later never is
 */
public record ServerSpec(
        ServerId id,
        Location location,
        Optional<String> token,
        Audience audience,
        Duration timeout,
        Optional<Set<String>> tools,
        Map<String, SideEffects> sideEffects,
        boolean trustFirst) {

    /** @throws IllegalArgumentException where the timeout is not more than zero */
    public ServerSpec {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("the timeout of an external server is more than zero");
        }
        tools = tools.map(Set::copyOf);
        sideEffects = Map.copyOf(sideEffects);
    }

    public boolean uses(String tool) {
        return tools.map(names -> names.contains(tool)).orElse(true);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "ServerSpec[" + id + "]";
    }
}
