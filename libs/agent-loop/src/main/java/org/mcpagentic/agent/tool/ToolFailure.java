package org.mcpagentic.agent.tool;

/**
 * A failure that the model may read and repair: wrong arguments, a division by zero, a page that does not exist.
 * Its message goes to the model as the call's result. Anything else a tool throws is a fault of ours.
 */
public final class ToolFailure extends RuntimeException {

    public ToolFailure(String messageForTheModel) {
        super(messageForTheModel, null, false, false);
    }
}
