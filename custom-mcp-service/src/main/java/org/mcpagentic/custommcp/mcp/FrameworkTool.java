package org.mcpagentic.custommcp.mcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.mcpagentic.access.Scope;
import org.mcpagentic.agent.approval.CallPolicy.Verdict;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.ToolResult;
import org.mcpagentic.agent.tool.ToolSpec;
import org.mcpagentic.custommcp.tools.DirectCalls;
import org.mcpagentic.mcp.Exchange;
import org.mcpagentic.mcp.InputRequest;
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

    private static final String APPROVAL = "approval";
    private static final ObjectNode ASKED =
            JsonNodeFactory.instance.objectNode().put("asked", true);

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
                // why none: tools:* stands for each of them, which is looked at where the tool is found
                Optional.empty(),
                TaskSupport.NONE);
    }

    @Override
    public ToolDefinition definition() {
        return definition;
    }

    @Override
    public boolean checksArguments() {
        // why: the toolbox does, as for tasks
        return true;
    }

    @Override
    public Uni<ToolOutcome> call(ToolRequest request) {
        return Refusals.told(
                switch (calls.verdict(request.caller(), spec, request.arguments())) {
                    case Verdict.Allow allowed -> made(request);
                    case Verdict.Deny(String reason) ->
                        Uni.createFrom().item(ToolOutcome.error(DirectCalls.denied(reason)));
                    case Verdict.Ask ask -> decided(request);
                });
    }

    private Uni<ToolOutcome> made(ToolRequest request) {
        return calls.call(request.caller(), spec, request.arguments()).map(FrameworkTool::outcome);
    }

    /** Asks the person at the client, where there is one who may decide. */
    private Uni<ToolOutcome> decided(ToolRequest request) {
        Exchange exchange = request.exchange();
        boolean canBeAsked =
                exchange.client().elicitsForms() && request.caller().rights().allow(Scope.APPROVALS_DECIDE);
        if (!canBeAsked) {
            return Uni.createFrom().item(ToolOutcome.error(DirectCalls.needsPerson(spec.name())));
        }
        // why the state too: an answer counts only to a question that was asked about these arguments
        Optional<ObjectNode> answer = exchange.state().flatMap(asked -> exchange.input(APPROVAL));
        if (answer.isEmpty()) {
            return Uni.createFrom().item(ToolOutcome.ask(APPROVAL, form(request), Optional.of(ASKED)));
        }
        boolean approved = answer.get().path("action").asText().equals("accept")
                && answer.get().path("content").path("decision").asText().equals("approve");
        return approved
                ? made(request)
                : Uni.createFrom().item(ToolOutcome.error("the person did not approve this call"));
    }

    private InputRequest form(ToolRequest request) {
        return new InputRequest.Form(
                "Call " + spec.name() + " with these arguments?\n" + request.arguments(), Schemas.schema("""
                        {"type": "object", "required": ["decision"], "properties": {
                          "decision": {"type": "string", "title": "Decision", "enum": ["approve", "refuse"]}}}"""));
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
