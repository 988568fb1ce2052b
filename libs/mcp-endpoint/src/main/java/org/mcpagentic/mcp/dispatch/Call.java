package org.mcpagentic.mcp.dispatch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.Exchange;
import org.mcpagentic.mcp.tool.ToolDefinition;

/**
 * One request, whatever carried it.
 *
 * @param check what a transport holds against a tool's arguments before it is called; fails with an {@code McpError}
 */
public record Call(Method method, ObjectNode params, Exchange exchange, BiConsumer<ToolDefinition, ObjectNode> check) {

    public Caller caller() {
        return exchange.caller();
    }

    /** The same request, with the answers to what its handler needed. */
    public Call again(Optional<ObjectNode> state, Map<String, ObjectNode> inputs) {
        Exchange answered = new Exchange(
                exchange.caller(),
                exchange.id(),
                exchange.client(),
                state,
                inputs,
                exchange.progress(),
                exchange.log(),
                exchange.traceparent(),
                exchange.canStream());
        return new Call(method, params, answered, check);
    }
}
