package org.mcpagentic.mcp.dispatch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.mcpagentic.mcp.NeededInput;
import org.mcpagentic.mcp.task.TaskView;

/** How a request comes out, before it takes the form of a revision. */
public sealed interface Answer {

    /** A result. */
    record Result(ObjectNode result) implements Answer {}

    /** A list of what is offered to the caller, which may be believed for a while. */
    record Listing(ObjectNode result) implements Answer {}

    /** Something that was read, which may be another the next time. */
    record Reading(ObjectNode result) implements Answer {}

    /** A question to the client. */
    record InputRequired(NeededInput needed) implements Answer {}

    /** A task that goes on. */
    record TaskStarted(TaskView task) implements Answer {}
}
