package org.mcpagentic.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.mcpagentic.mcp.tool.TaskSupport;
import org.mcpagentic.mcp.tool.Tool;
import org.mcpagentic.mcp.tool.ToolDefinition;
import org.mcpagentic.mcp.tool.ToolHints;
import org.mcpagentic.mcp.tool.ToolOutcome;
import org.mcpagentic.mcp.tool.ToolRequest;

/** A tool of the suite's. */
record Fixture(ToolDefinition definition, Function<ToolRequest, Uni<ToolOutcome>> work) implements Tool {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NOTHING = "{\"type\": \"object\", \"properties\": {}}";

    /** A tool without arguments that answers at once. */
    static Fixture of(String name, Function<ToolRequest, ToolOutcome> work) {
        return of(name, NOTHING, work);
    }

    /** A tool that answers at once. */
    static Fixture of(String name, String schema, Function<ToolRequest, ToolOutcome> work) {
        return later(name, schema, TaskSupport.NONE, request -> Uni.createFrom().item(work.apply(request)));
    }

    /** A tool without arguments that takes its time. */
    static Fixture later(String name, Function<ToolRequest, Uni<ToolOutcome>> work) {
        return later(name, NOTHING, TaskSupport.NONE, work);
    }

    /** A tool that takes its time. */
    static Fixture later(String name, String schema, TaskSupport tasks, Function<ToolRequest, Uni<ToolOutcome>> work) {
        return new Fixture(
                new ToolDefinition(
                        name,
                        name,
                        "What the conformance suite calls " + name + ".",
                        json(schema),
                        Optional.empty(),
                        ToolHints.READ_ONLY,
                        List.of(),
                        Optional.empty(),
                        tasks),
                work);
    }

    @Override
    public Uni<ToolOutcome> call(ToolRequest request) {
        return work.apply(request);
    }

    static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
    }
}
