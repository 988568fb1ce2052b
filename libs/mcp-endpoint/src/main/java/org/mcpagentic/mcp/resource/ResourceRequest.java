package org.mcpagentic.mcp.resource;

import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.Exchange;

/**
 * A resource is read.
 *
 * @param uri as the client wrote it, at most {@value #MAX_URI} characters, unchecked
 */
public record ResourceRequest(String uri, Exchange exchange) {

    /** Longest address in characters. */
    public static final int MAX_URI = 2_048;

    public ResourceRequest {
        if (uri.isEmpty() || uri.length() > MAX_URI) {
            throw new IllegalArgumentException("a resource's address has 1 to " + MAX_URI + " characters");
        }
    }

    public Caller caller() {
        return exchange.caller();
    }
}
