package org.mcpagentic.custommcp.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.Tool;
import org.mcpagentic.agent.tool.ToolContext;
import org.mcpagentic.agent.tool.ToolFailure;
import org.mcpagentic.agent.tool.ToolSpec;
import org.mcpagentic.custommcp.tools.memory.Recollection;
import org.mcpagentic.custommcp.tools.memory.Refusals;
import org.mcpagentic.store.MemoryKey;
import org.mcpagentic.store.MemoryStore;
import org.mcpagentic.store.TenantId;

/** Gives back what is remembered under a key. */
@ApplicationScoped
public class MemoryGetTool implements Tool {

    private static final ToolSpec SPEC = new ToolSpec(
            "memory_get",
            "Gives back the text that is remembered under a key, as it was stored with memory_put.",
            Json.object("""
                    {
                      "$schema": "https://json-schema.org/draft/2020-12/schema",
                      "type": "object",
                      "properties": {
                        "key": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 128,
                          "pattern": "^[a-z0-9][a-z0-9._/:-]*$",
                          "description": "The exact key, in lower case.",
                          "examples": ["user/name"]
                        }
                      },
                      "required": ["key"],
                      "additionalProperties": false
                    }
                    """),
            SideEffects.READ_ONLY,
            Duration.ofSeconds(5),
            40_000);

    private final MemoryStore memory;

    MemoryGetTool(MemoryStore memory) {
        this.memory = memory;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Uni<String> call(ObjectNode arguments, ToolContext context) {
        return Uni.createFrom().deferred(() -> get(arguments, context.tenant()));
    }

    private Uni<String> get(ObjectNode untrusted, TenantId tenant) {
        MemoryKey key = Refusals.key(Arguments.of(untrusted, SPEC).text("key"));
        return Refusals.told(memory.get(tenant, key))
                .map(found -> found.map(Recollection::of)
                        .orElseThrow(() -> new ToolFailure("nothing is remembered under the key \"" + key
                                + "\"; memory_search looks for text, memory_list lists the keys"))
                        .toString());
    }
}
