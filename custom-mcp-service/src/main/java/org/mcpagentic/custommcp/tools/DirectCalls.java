package org.mcpagentic.custommcp.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.UUID;
import org.mcpagentic.agent.tool.CallThreads;
import org.mcpagentic.agent.tool.ToolCall;
import org.mcpagentic.agent.tool.ToolContext;
import org.mcpagentic.agent.tool.ToolResult;
import org.mcpagentic.agent.tool.Toolbox;
import org.mcpagentic.edge.access.Caller;

/** Calls of tools that no task makes: the caller's own. They are not journaled, and end with their request. */
@ApplicationScoped
public class DirectCalls {

    private final Toolbox toolbox;

    DirectCalls(Toolbox toolbox) {
        this.toolbox = toolbox;
    }

    /**
     * Calls a tool of the caller's tenant; the caller's right to it has been looked at.
     *
     * @param arguments untrusted
     * @return never fails: what went wrong is a failed result
     */
    public Uni<ToolResult> call(Caller caller, String name, ObjectNode arguments) {
        String id = UUID.randomUUID().toString();
        return toolbox.call(
                new ToolCall(id, name, arguments),
                Set.of(name),
                new ToolContext(caller.tenant(), "direct." + id, new CallThreads()));
    }
}
