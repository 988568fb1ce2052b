package org.mcpagentic.custommcp.mcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.mcpagentic.access.Scope;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.ToolResult;
import org.mcpagentic.agent.tool.ToolSpec;
import org.mcpagentic.custommcp.tools.DirectCalls;
import org.mcpagentic.mcp.InsufficientScope;
import org.mcpagentic.mcp.content.CallResult;
import org.mcpagentic.mcp.content.Content;
import org.mcpagentic.mcp.tool.Refusals;
import org.mcpagentic.mcp.tool.TaskSupport;
import org.mcpagentic.mcp.tool.Tool;
import org.mcpagentic.mcp.tool.ToolDefinition;
import org.mcpagentic.mcp.tool.ToolHints;
import org.mcpagentic.mcp.tool.ToolOutcome;
import org.mcpagentic.mcp.tool.ToolRequest;

/** A tool of the framework, as tasks have it, for a client to call itself. */
final class FrameworkTool implements Tool {

    private final ToolSpec spec;
    private final DirectCalls calls;
    private final ToolDefinition definition;

    FrameworkTool(ToolSpec spec, boolean reachesOut, DirectCalls calls) {
        this.spec = spec;
        this.calls = calls;
        this.definition = new ToolDefinition(
                spec.name(),
                title(spec.name()),
                spec.description(),
                spec.inputSchema(),
                Optional.of(Schemas.TOOL_RESULT),
                hints(spec.sideEffects(), reachesOut),
                spec.sideEffects() == SideEffects.READ_ONLY ? Icons.READING : Icons.CHANGING,
                // why none: tools:* stands for each of them, which the call itself knows
                Optional.empty(),
                TaskSupport.NONE);
    }

    /** What it was made of. */
    ToolSpec spec() {
        return spec;
    }

    @Override
    public ToolDefinition definition() {
        return definition;
    }

    @Override
    public Uni<ToolOutcome> call(ToolRequest request) {
        if (!request.caller().rights().allowTool(spec.name())) {
            throw new InsufficientScope(Scope.tool(spec.name()));
        }
        return Refusals.told(
                calls.call(request.caller(), spec.name(), request.arguments()).map(FrameworkTool::outcome));
    }

    private static ToolOutcome outcome(ToolResult result) {
        ObjectNode structured = JsonNodeFactory.instance.objectNode();
        structured.set("result", Schemas.value(result.text()));
        structured.put("truncated", result.truncated());
        return new ToolOutcome.Completed(new CallResult(
                List.of(new Content.Text(result.text())),
                result.failed() ? Optional.empty() : Optional.of(structured),
                result.failed()));
    }

    /** What is not said to only read may overwrite. */
    private static ToolHints hints(SideEffects effects, boolean reachesOut) {
        return switch (effects) {
            case READ_ONLY -> new ToolHints(true, false, true, reachesOut);
            case IDEMPOTENT -> new ToolHints(false, true, true, reachesOut);
            case NON_IDEMPOTENT -> new ToolHints(false, true, false, reachesOut);
        };
    }

    private static String title(String name) {
        String words = name.replace('_', ' ').replace(".", ": ");
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
