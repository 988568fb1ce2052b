package org.mcpagentic.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What a handler needs before it can go on. It is called again with the answers and the state; a client that leaves is never heard of.
 *
 * @param requests by the handler's own names for them
 * @param state what the handler wants to have back. The client carries it, signed, not hidden: no secrets
 */
public record NeededInput(SequencedMap<String, InputRequest> requests, Optional<ObjectNode> state) {

    public NeededInput {
        if (requests.isEmpty() && state.isEmpty()) {
            throw new IllegalArgumentException("needed input is requests, a state, or both");
        }
        requests = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(requests));
        state = state.map(ObjectNode::deepCopy);
    }

    /** One request. */
    public static NeededInput of(String name, InputRequest request) {
        return new NeededInput(new LinkedHashMap<>(Map.of(name, request)), Optional.empty());
    }

    /** The same, with a state. */
    public NeededInput with(ObjectNode state) {
        return new NeededInput(requests, Optional.of(state));
    }
}
