package org.mcpagentic.custommcp.remote.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mcpagentic.custommcp.remote.definition.Definition;
import org.mcpagentic.custommcp.remote.definition.Difference;
import org.mcpagentic.custommcp.remote.registry.Pin;

/** What is approved of a tool, what its server says of it now, and where both differ. What there is not is left out. */
@RegisterForReflection
@Schema(name = "McpServerToolDefinition")
public record McpToolDocument(
        String tool,

        @Schema(enumeration = {"approved", "changed", "new", "missing"})
        String status,

        @Schema(description = "name, description, input_schema and output_schema, as the server wrote them")
        Optional<JsonNode> approved,

        @Schema(description = "SHA-256 of what is approved, in its canonical form")
        Optional<String> approvedHash,

        @Schema(description = "what waits for an approval") Optional<JsonNode> seen,

        @Schema(description = "SHA-256 of what waits; an approval names it")
        Optional<String> seenHash,

        @Schema(description = "where what waits is another than what is approved")
        List<Change> changes) {

    /** One place. */
    @RegisterForReflection
    @Schema(name = "McpServerToolChange")
    public record Change(
            @Schema(description = "a JSON pointer into both", examples = "/description")
            String path,

            Optional<JsonNode> approved,
            Optional<JsonNode> seen) {}

    static McpToolDocument of(String tool, Pin pin) {
        return new McpToolDocument(
                tool,
                pin.status().name().toLowerCase(Locale.ROOT),
                pin.approved().map(Definition::json),
                pin.approved().map(Definition::hash),
                pin.seen().map(Definition::json),
                pin.seen().map(Definition::hash),
                pin
                        .approved()
                        .flatMap(approved -> pin.seen().map(seen -> Difference.between(approved, seen)))
                        .orElse(List.of())
                        .stream()
                        .map(difference -> new Change(difference.path(), difference.pinned(), difference.seen()))
                        .toList());
    }
}
