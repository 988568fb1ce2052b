package org.mcpagentic.mcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.Exchange;

/**
 * A call of a tool.
 *
 * @param arguments they fit the tool's schema, unless the tool checks that itself
 * @param takesTask whether {@link ToolOutcome.TaskStarted} may be answered
 */
public record ToolRequest(ObjectNode arguments, boolean takesTask, Exchange exchange) {

    public Caller caller() {
        return exchange.caller();
    }
}
