package org.mcpagentic.mcp;

import java.util.Map;
import org.mcpagentic.edge.access.Caller;

/**
 * An argument that is being typed.
 *
 * @param argument its name
 * @param value what is there so far
 * @param others the arguments that are filled in already
 */
public record CompletionRequest(Caller caller, String argument, String value, Map<String, String> others) {

    public CompletionRequest {
        others = Map.copyOf(others);
    }
}
