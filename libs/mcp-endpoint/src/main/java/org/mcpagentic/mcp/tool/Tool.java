package org.mcpagentic.mcp.tool;

import io.smallrye.mutiny.Uni;

/** A tool that is offered. */
public interface Tool {

    ToolDefinition definition();

    /**
     * Whether it holds arguments against its schema itself, so that the endpoint does not. A tool whose schema another server wrote has
     * to: a schema that is made to be slow would stop an event loop.
     */
    default boolean checksArguments() {
        return false;
    }

    /**
     * Does it; subscribed on the request's event loop, cancelled when the client goes away or cancels. A failure that the model may repair is an outcome; a protocol failure
     * is an {@code McpError}; any other is answered with a constant text and logged.
     */
    Uni<ToolOutcome> call(ToolRequest request);
}
