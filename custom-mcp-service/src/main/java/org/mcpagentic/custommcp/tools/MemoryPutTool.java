package org.mcpagentic.custommcp.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.mcpagentic.agent.tool.SideEffects;
import org.mcpagentic.agent.tool.Tool;
import org.mcpagentic.agent.tool.ToolContext;
import org.mcpagentic.agent.tool.ToolSpec;
import org.mcpagentic.custommcp.tools.memory.Recollection;
import org.mcpagentic.custommcp.tools.memory.Refusals;
import org.mcpagentic.store.MemoryKey;
import org.mcpagentic.store.MemoryStore;
import org.mcpagentic.store.NewMemory;
import org.mcpagentic.store.TenantId;

/** Remembers a text under a key, for later tasks of the same tenant too. */
@ApplicationScoped
public class MemoryPutTool implements Tool {

    private static final ToolSpec SPEC = new ToolSpec(
            "memory_put",
            "Remembers a text under a key, also for later tasks; replaces what the key held before. "
                    + "Not for passwords, keys or other secrets.",
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
                          "description": "Lower-case letters, digits and . _ - / : beginning with a letter or digit. Keys with a common beginning can be listed together.",
                          "examples": ["user/name", "project-x:deadline"]
                        },
                        "value": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 16384,
                          "description": "What to remember: at most 16,384 bytes in UTF-8.",
                          "examples": ["Ada Lovelace"]
                        },
                        "expires_in_seconds": {
                          "type": "integer",
                          "minimum": 1,
                          "maximum": 31536000,
                          "description": "After how many seconds to forget it, up to a year. Without it, it is kept.",
                          "examples": [86400]
                        }
                      },
                      "required": ["key", "value"],
                      "additionalProperties": false
                    }
                    """),
            SideEffects.IDEMPOTENT,
            Duration.ofSeconds(5),
            2_000);

    private final MemoryStore memory;

    MemoryPutTool(MemoryStore memory) {
        this.memory = memory;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Uni<String> call(ObjectNode arguments, ToolContext context) {
        return Uni.createFrom().deferred(() -> put(arguments, context.tenant()));
    }

    private Uni<String> put(ObjectNode untrusted, TenantId tenant) {
        Arguments arguments = Arguments.of(untrusted, SPEC);
        MemoryKey key = Refusals.key(arguments.text("key"));
        String value = arguments.text("value");
        Optional<Duration> expiry =
                arguments.optionalInteger("expires_in_seconds").map(Duration::ofSeconds);
        NewMemory told = Refusals.read(() -> new NewMemory(key, value, expiry));
        return Refusals.told(memory.put(tenant, told))
                .map(heading -> Recollection.of(heading).toString());
    }
}
