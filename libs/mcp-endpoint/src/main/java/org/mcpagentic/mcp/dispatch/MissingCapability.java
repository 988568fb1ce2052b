package org.mcpagentic.mcp.dispatch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.mcpagentic.mcp.ClientCapabilities;
import org.mcpagentic.mcp.InputRequest;
import org.mcpagentic.mcp.NeededInput;

/** What was asked for takes a client that can do more; revisions have different codes for it. */
public final class MissingCapability extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient ObjectNode needed;

    private MissingCapability(ObjectNode needed) {
        super("this takes capabilities that the client did not declare", null, false, false);
        this.needed = needed;
    }

    /** It would be answered with a task. */
    public static MissingCapability tasks() {
        ObjectNode needed = JsonNodeFactory.instance.objectNode();
        needed.putObject("extensions").putObject(ClientCapabilities.TASKS);
        return new MissingCapability(needed);
    }

    /** Fails where the client could not answer all that is needed: what it cannot answer it is never asked. */
    public static void refuseUnlessAnswerable(NeededInput input, ClientCapabilities client) {
        ObjectNode needed = JsonNodeFactory.instance.objectNode();
        input.requests().values().stream()
                .filter(request -> !request.isAnsweredBy(client))
                .map(InputRequest::neededCapability)
                .forEach(capability -> capability
                        .properties()
                        .forEach(entry ->
                                needed.withObject("/" + entry.getKey()).setAll((ObjectNode) entry.getValue())));
        if (!needed.isEmpty()) {
            throw new MissingCapability(needed);
        }
    }

    /** The capabilities, in the form of a client's declaration. */
    public ObjectNode needed() {
        return needed;
    }
}
