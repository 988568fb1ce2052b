package org.mcpagentic.custommcp.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.mcpagentic.testsupport.McpClient;

/** What tools say beforehand that they are. */
final class Declared {

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final Map<String, JsonNode> tools;

    private Declared(Map<String, JsonNode> tools) {
        this.tools = tools;
    }

    static Declared to(McpClient client) {
        return new Declared(client.list("tools/list", "tools").stream()
                .collect(Collectors.toMap(tool -> tool.path("name").asText(), Function.identity())));
    }

    JsonNode tool(String name) {
        return tools.getOrDefault(name, MissingNode.getInstance());
    }

    /** Fails where a structured result is none that the tool's output schema has. */
    void fits(String tool, JsonNode structured) {
        JsonNode schema = tool(tool).path("outputSchema");
        assertThat(schema.isObject()).as("%s has an output schema", tool).isTrue();
        assertThat(structured.isObject()).as("%s has a structured result", tool).isTrue();
        assertThat(SCHEMAS.getSchema(schema).validate(structured))
                .as("%s of %s", structured, tool)
                .isEqualTo(List.of());
    }
}
