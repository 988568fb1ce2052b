package org.mcpagentic.mcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.mcpagentic.mcp.InputRequest;
import org.mcpagentic.mcp.NeededInput;
import org.mcpagentic.mcp.content.CallResult;
import org.mcpagentic.mcp.task.TaskView;

/** How a call of a tool is answered. */
public sealed interface ToolOutcome {

    /** With its result. */
    record Completed(CallResult result) implements ToolOutcome {}

    /** With a question; the tool is called again with the answers. */
    record InputRequired(NeededInput needed) implements ToolOutcome {}

    /** With a task that is durable already; only where the request takes one. */
    record TaskStarted(TaskView task) implements ToolOutcome {}

    /** Text alone. */
    static ToolOutcome text(String text) {
        return new Completed(CallResult.text(text));
    }

    /** JSON, and the same as text. */
    static ToolOutcome structured(ObjectNode json) {
        return new Completed(CallResult.structured(json));
    }

    /** A failure that the model may repair. */
    static ToolOutcome error(String text) {
        return new Completed(CallResult.error(text));
    }

    /** One question. */
    static ToolOutcome ask(String name, InputRequest request, Optional<ObjectNode> state) {
        NeededInput needed = NeededInput.of(name, request);
        return new InputRequired(state.map(needed::with).orElse(needed));
    }
}
