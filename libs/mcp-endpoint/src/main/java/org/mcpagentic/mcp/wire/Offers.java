package org.mcpagentic.mcp.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.mcpagentic.mcp.Completion;
import org.mcpagentic.mcp.Icon;
import org.mcpagentic.mcp.ServerIdentity;
import org.mcpagentic.mcp.prompt.PromptArgument;
import org.mcpagentic.mcp.prompt.PromptDefinition;
import org.mcpagentic.mcp.resource.ResourceDefinition;
import org.mcpagentic.mcp.resource.ResourceTemplate;
import org.mcpagentic.mcp.tool.ToolDefinition;
import org.mcpagentic.mcp.tool.ToolHints;

/**
 * What is offered, in JSON; the same in all revisions, earlier ones overlook what they do not know.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/draft/schema">Schema</a>
 */
public final class Offers {

    private Offers() {}

    public static ObjectNode server(ServerIdentity server) {
        ObjectNode node =
                object().put("name", server.name()).put("title", server.title()).put("version", server.version());
        server.websiteUrl().ifPresent(url -> node.put("websiteUrl", url));
        icons(node, server.icons());
        return node;
    }

    public static ObjectNode tool(ToolDefinition tool) {
        ObjectNode node =
                object().put("name", tool.name()).put("title", tool.title()).put("description", tool.description());
        node.set("inputSchema", tool.inputSchema());
        tool.outputSchema().ifPresent(schema -> node.set("outputSchema", schema));
        ToolHints hints = tool.hints();
        node.putObject("annotations")
                .put("title", tool.title())
                .put("readOnlyHint", hints.readOnly())
                .put("destructiveHint", hints.destructive())
                .put("idempotentHint", hints.idempotent())
                .put("openWorldHint", hints.openWorld());
        icons(node, tool.icons());
        return node;
    }

    public static ObjectNode prompt(PromptDefinition prompt) {
        ObjectNode node = object().put("name", prompt.name())
                .put("title", prompt.title())
                .put("description", prompt.description());
        ArrayNode arguments = node.putArray("arguments");
        for (PromptArgument argument : prompt.arguments()) {
            arguments
                    .addObject()
                    .put("name", argument.name())
                    .put("description", argument.description())
                    .put("required", argument.required());
        }
        icons(node, prompt.icons());
        return node;
    }

    public static ObjectNode resource(ResourceDefinition resource) {
        ObjectNode node = object().put("uri", resource.uri()).put("name", resource.name());
        resource.title().ifPresent(title -> node.put("title", title));
        resource.description().ifPresent(text -> node.put("description", text));
        resource.mimeType().ifPresent(type -> node.put("mimeType", type));
        resource.size().ifPresent(size -> node.put("size", size));
        icons(node, resource.icons());
        return node;
    }

    public static ObjectNode template(ResourceTemplate template) {
        ObjectNode node = object().put("uriTemplate", template.uriTemplate()).put("name", template.name());
        template.title().ifPresent(title -> node.put("title", title));
        template.description().ifPresent(text -> node.put("description", text));
        template.mimeType().ifPresent(type -> node.put("mimeType", type));
        icons(node, template.icons());
        return node;
    }

    public static ObjectNode completion(Completion completion) {
        ObjectNode node = object();
        ArrayNode values = node.putArray("values");
        completion.values().forEach(values::add);
        completion.total().ifPresent(total -> node.put("total", total));
        return node.put("hasMore", completion.hasMore());
    }

    private static void icons(ObjectNode node, List<Icon> icons) {
        if (icons.isEmpty()) {
            return;
        }
        ArrayNode array = node.putArray("icons");
        for (Icon icon : icons) {
            ObjectNode entry = array.addObject().put("src", icon.src());
            icon.mimeType().ifPresent(type -> entry.put("mimeType", type));
            if (!icon.sizes().isEmpty()) {
                ArrayNode sizes = entry.putArray("sizes");
                icon.sizes().forEach(sizes::add);
            }
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
