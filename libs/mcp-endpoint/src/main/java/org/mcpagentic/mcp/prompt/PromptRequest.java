package org.mcpagentic.mcp.prompt;

import java.util.Map;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.Exchange;

/**
 * A prompt is asked for.
 *
 * @param arguments all that are required are there
 */
public record PromptRequest(Map<String, String> arguments, Exchange exchange) {

    public PromptRequest {
        arguments = Map.copyOf(arguments);
    }

    public Caller caller() {
        return exchange.caller();
    }
}
