package org.mcpagentic.custommcp.tools;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.mcpagentic.agent.tool.ToolSpec;
import org.mcpagentic.agent.tool.Toolbox;
import org.mcpagentic.edge.access.Caller;

/** The tools that a task of the caller may name. */
@Path("/tool")
@Tag(name = "tools")
public class ToolResource {

    private final Toolbox toolbox;

    ToolResource(Toolbox toolbox) {
        this.toolbox = toolbox;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @NonBlocking
    @Operation(operationId = "listTools", summary = "Lists the tools, in order of name")
    @APIResponseSchema(value = ToolList.class, responseDescription = "the tools")
    public ToolList list(@Context RoutingContext routing) {
        return new ToolList(toolbox.specs(Caller.of(routing).tenant()).stream()
                .map(ToolDocument::of)
                .toList());
    }

    /** All tools. */
    @RegisterForReflection
    @Schema(name = "ToolList")
    public record ToolList(List<ToolDocument> items) {}

    /**
     * A tool on the wire.
     *
     * @param sideEffects {@code read_only}, {@code idempotent} or {@code non_idempotent}
     * @param deadline seconds after which a call is given up
     */
    @RegisterForReflection
    @Schema(name = "Tool")
    public record ToolDocument(
            String name,
            String description,

            @Schema(description = "JSON Schema (draft 2020-12) of the arguments")
            JsonNode inputSchema,

            @Schema(enumeration = {"read_only", "idempotent", "non_idempotent"})
            String sideEffects,

            Duration deadline,

            int maxOutputChars) {

        static ToolDocument of(ToolSpec spec) {
            return new ToolDocument(
                    spec.name(),
                    spec.description(),
                    spec.inputSchema(),
                    spec.sideEffects().name().toLowerCase(Locale.ROOT),
                    spec.deadline(),
                    spec.maxOutputChars());
        }
    }
}
