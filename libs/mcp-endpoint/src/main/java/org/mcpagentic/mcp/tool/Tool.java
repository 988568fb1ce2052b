package org.mcpagentic.mcp.tool;

import io.smallrye.mutiny.Uni;

/** A tool that is offered. */
public interface Tool {

    ToolDefinition definition();

    /**
     * Whether its schema was written by us. What another server's schema says is not held against arguments here: one that is made to
     * be slow would stop an event loop; its server refuses arguments itself.
     */
    default boolean isOwn() {
        return true;
    }

    /**
     * Does it; subscribed on the request's event loop, cancelled when the client goes away or cancels. A failure that the model may repair is an outcome; a protocol failure
     * is an {@code McpError}; any other is answered with a constant text and logged.
     */
    Uni<ToolOutcome> call(ToolRequest request);
}
