package org.mcpagentic.custommcp.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.mcpagentic.agent.tool.ToolResult;
import org.mcpagentic.agent.tool.ToolSpec;
import org.mcpagentic.agent.tool.Toolbox;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.edge.problem.ProblemCode;
import org.mcpagentic.edge.problem.ProblemException;

/** A tool, called without a task. */
@Path("/tool/{name}/call")
@Tag(name = "tools")
public class ToolCallResource {

    private final Toolbox toolbox;
    private final DirectCalls calls;

    ToolCallResource(Toolbox toolbox, DirectCalls calls) {
        this.toolbox = toolbox;
        this.calls = calls;
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "callTool", summary = "Calls a tool at once, without a model and without a journal")
    @APIResponseSchema(
            value = ToolResultDocument.class,
            responseDescription = "what the tool returned; failed where its arguments were at fault")
    @APIResponse(responseCode = "403", description = "tool_forbidden: the caller may not use this tool")
    public Uni<ToolResultDocument> call(
            @Context RoutingContext routing, @PathParam("name") String name, @Valid ToolCallRequest request) {
        Caller caller = Caller.of(routing);
        if (!caller.rights().allowTool(name)) {
            throw new ProblemException(ProblemCode.TOOL_FORBIDDEN, "the caller may not use this tool");
        }
        ToolSpec tool = toolbox.spec(caller.tenant(), name).orElseThrow(() -> ProblemException.notFound("tool"));
        return calls.callUnasked(caller, tool, request.arguments()).map(ToolResultDocument::of);
    }

    /** With what a tool is called. */
    @RegisterForReflection
    @Schema(name = "ToolCallRequest")
    public record ToolCallRequest(
            @NotNull @Schema(required = true, description = "as the tool's input_schema says")
            ObjectNode arguments) {}

    /**
     * What a call came to.
     *
     * @param result what the tool returned, or what went wrong
     * @param failed whether it went wrong, in a way that other arguments may mend
     * @param truncated whether the text was cut to the tool's bound
     */
    @RegisterForReflection
    @Schema(name = "ToolResult")
    public record ToolResultDocument(String result, boolean failed, boolean truncated) {

        static ToolResultDocument of(ToolResult result) {
            return new ToolResultDocument(result.text(), result.failed(), result.truncated());
        }
    }
}
