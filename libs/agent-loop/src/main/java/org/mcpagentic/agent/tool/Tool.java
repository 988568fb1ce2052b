package org.mcpagentic.agent.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;

/** One capability that a model can call. A bean of this type is all it takes to add one. */
public interface Tool {

    ToolSpec spec();

    /** Whether a call reaches beyond this system, to what others say. */
    default boolean reachesOut() {
        return false;
    }

    /**
     * Calls the tool without blocking the calling event loop. Cancelling the subscription interrupts the call as far
     * as the tool can be interrupted.
     *
     * @param arguments untrusted; the tool checks them itself
     * @return the result as text for the model, within the spec's bound; fails with {@link ToolFailure} on what the
     *     model may repair
     */
    Uni<String> call(ObjectNode arguments, ToolContext context);
}
