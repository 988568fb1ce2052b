package org.mcpagentic.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mcpagentic.edge.access.Caller;

/**
 * The request that a handler serves. When its client goes away, or cancels, what the handler gave is cancelled.
 *
 * @param caller on whose behalf
 * @param client what the client can do
 * @param state what the handler gave with {@link NeededInput}, verified; empty the first time
 * @param inputs the client's answers by the handler's names, unchecked; a declined or missing one is for the handler to notice
 * @param traceparent the client's W3C trace context
 * @param canStream whether the answer may take long: a stream is kept alive, while the connection of a client that takes a single
 *     document alone is closed by whoever finds it silent for too long, and the work is cancelled
 */
public record Exchange(
        Caller caller,
        RequestId id,
        ClientCapabilities client,
        Optional<ObjectNode> state,
        Map<String, ObjectNode> inputs,
        Progress progress,
        ClientLog log,
        Optional<String> traceparent,
        boolean canStream) {

    public Exchange {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    }

    /** The client's answer to one of the handler's requests. */
    public Optional<ObjectNode> input(String name) {
        return Optional.ofNullable(inputs.get(name));
    }
}
