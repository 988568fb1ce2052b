package org.mcpagentic.custommcp.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.Tool;
import org.mcpagentic.agent.tool.ToolContext;
import org.mcpagentic.agent.tool.ToolSpec;
import org.mcpagentic.custommcp.tools.memory.Refusals;
import org.mcpagentic.store.MemoryKey;
import org.mcpagentic.store.MemoryStore;
import org.mcpagentic.store.TenantId;

/** Forgets what is remembered under a key. */
@ApplicationScoped
public class MemoryDeleteTool implements Tool {

    private static final ToolSpec SPEC = new ToolSpec(
            "memory_delete",
            "Forgets for good what is remembered under a key. Tells whether there was something.",
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
            SideEffects.IDEMPOTENT,
            Duration.ofSeconds(5),
            2_000);

    private final MemoryStore memory;

    MemoryDeleteTool(MemoryStore memory) {
        this.memory = memory;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Uni<String> call(ObjectNode arguments, ToolContext context) {
        return Uni.createFrom().deferred(() -> delete(arguments, context.tenant()));
    }

    private Uni<String> delete(ObjectNode untrusted, TenantId tenant) {
        MemoryKey key = Refusals.key(Arguments.of(untrusted, SPEC).text("key"));
        return Refusals.told(memory.delete(tenant, key))
                .map(deleted -> Json.object()
                        .put("key", key.value())
                        .put("deleted", deleted)
                        .toString());
    }
}
