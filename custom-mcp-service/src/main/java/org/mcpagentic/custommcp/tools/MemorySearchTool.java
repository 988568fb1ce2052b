package org.mcpagentic.custommcp.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.Tool;
import org.mcpagentic.agent.tool.ToolContext;
import org.mcpagentic.agent.tool.ToolSpec;
import org.mcpagentic.custommcp.tools.memory.Recollection;
import org.mcpagentic.custommcp.tools.memory.Refusals;
import org.mcpagentic.store.MemoryEntry;
import org.mcpagentic.store.MemoryQuery;
import org.mcpagentic.store.MemoryStore;
import org.mcpagentic.store.TenantId;

/** Looks for text in what is remembered. */
@ApplicationScoped
public class MemorySearchTool implements Tool {

    private static final int USUAL_LIMIT = 5;

    private static final ToolSpec SPEC = new ToolSpec(
            "memory_search",
            "Looks for text in the keys and values of what is remembered, in upper or lower case alike; finds the entries that "
                    + "hold all the words, the best and then the newest first.",
            Json.object("""
                    {
                      "$schema": "https://json-schema.org/draft/2020-12/schema",
                      "type": "object",
                      "properties": {
                        "query": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 200,
                          "pattern": "\\\\S",
                          "description": "One or a few words that must all occur; fewer words find more.",
                          "examples": ["deadline"]
                        },
                        "limit": {
                          "type": "integer",
                          "minimum": 1,
                          "maximum": 20,
                          "default": 5,
                          "description": "How many entries at most. A long value is shortened to where the text was found; memory_get gives all of it."
                        }
                      },
                      "required": ["query"],
                      "additionalProperties": false
                    }
                    """),
            SideEffects.READ_ONLY,
            Duration.ofSeconds(10),
            40_000);

    private final MemoryStore memory;

    MemorySearchTool(MemoryStore memory) {
        this.memory = memory;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Uni<String> call(ObjectNode arguments, ToolContext context) {
        return Uni.createFrom().deferred(() -> search(arguments, context.tenant()));
    }

    private Uni<String> search(ObjectNode untrusted, TenantId tenant) {
        Arguments arguments = Arguments.of(untrusted, SPEC);
        String text = arguments.text("query");
        int limit = arguments.optionalInteger("limit").orElse(USUAL_LIMIT);
        MemoryQuery query = Refusals.read(() -> new MemoryQuery(text, limit));
        return Refusals.told(memory.search(tenant, query)).map(found -> shown(text, found));
    }

    private static String shown(String text, List<MemoryEntry> found) {
        ObjectNode result = Json.object();
        ArrayNode entries = result.putArray("found");
        found.forEach(entry -> entries.add(Recollection.around(text, entry)));
        return result.toString();
    }
}
