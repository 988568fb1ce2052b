package org.mcpagentic.mcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mcpagentic.access.Scope;
import org.mcpagentic.mcp.Icon;

/**
 * A tool as clients see it.
 *
 * @param name 1 to 128 characters of A-Z, a-z, 0-9, {@code _}, {@code -} and {@code .}
 * @param inputSchema JSON Schema 2020-12 of an object; the endpoint holds arguments against it
 * @param outputSchema JSON Schema of the structured result
 * @param scope what a call takes; a caller without it is refused with a challenge that names it
 */
public record ToolDefinition(
        String name,
        String title,
        String description,
        ObjectNode inputSchema,
        Optional<ObjectNode> outputSchema,
        ToolHints hints,
        List<Icon> icons,
        Optional<Scope> scope,
        TaskSupport tasks) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

    public ToolDefinition {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a tool's name is 1 to 128 characters of A-Z, a-z, 0-9, _, - and .");
        }
        if (!inputSchema.path("type").asText().equals("object")) {
            throw new IllegalArgumentException("a tool's input schema has the type object");
        }
        inputSchema = inputSchema.deepCopy();
        outputSchema = outputSchema.map(ObjectNode::deepCopy);
        icons = List.copyOf(icons);
    }
}
