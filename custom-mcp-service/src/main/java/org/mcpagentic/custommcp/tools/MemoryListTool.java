package org.mcpagentic.custommcp.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
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
import org.mcpagentic.store.MemoryPage;
import org.mcpagentic.store.MemoryStore;
import org.mcpagentic.store.TenantId;

/** Lists what is remembered. */
@ApplicationScoped
public class MemoryListTool implements Tool {

    private static final int USUAL_LIMIT = 50;

    private static final ToolSpec SPEC = new ToolSpec(
            "memory_list",
            "Lists the keys under which something is remembered, in order, without the values.",
            Json.object("""
                    {
                      "$schema": "https://json-schema.org/draft/2020-12/schema",
                      "type": "object",
                      "properties": {
                        "prefix": {
                          "type": "string",
                          "maxLength": 128,
                          "pattern": "^[a-z0-9._/:-]*$",
                          "default": "",
                          "description": "Only keys that begin with this.",
                          "examples": ["user/"]
                        },
                        "limit": {
                          "type": "integer",
                          "minimum": 1,
                          "maximum": 100,
                          "default": 50,
                          "description": "How many keys at most."
                        },
                        "cursor": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 128,
                          "pattern": "^[a-z0-9][a-z0-9._/:-]*$",
                          "description": "The next_cursor of the call before, to go on behind it."
                        }
                      },
                      "additionalProperties": false
                    }
                    """),
            SideEffects.READ_ONLY,
            Duration.ofSeconds(5),
            40_000);

    private final MemoryStore memory;

    MemoryListTool(MemoryStore memory) {
        this.memory = memory;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Uni<String> call(ObjectNode arguments, ToolContext context) {
        return Uni.createFrom().deferred(() -> list(arguments, context.tenant()));
    }

    private Uni<String> list(ObjectNode untrusted, TenantId tenant) {
        Arguments arguments = Arguments.of(untrusted, SPEC);
        String prefix = arguments.optionalText("prefix").orElse("");
        Optional<MemoryKey> after = arguments.optionalText("cursor").map(Refusals::key);
        int limit = arguments.optionalInteger("limit").orElse(USUAL_LIMIT);
        return Refusals.told(memory.list(tenant, prefix, after, limit)).map(MemoryListTool::shown);
    }

    private static String shown(MemoryPage page) {
        ObjectNode result = Json.object();
        ArrayNode entries = result.putArray("entries");
        page.headings().forEach(heading -> entries.add(Recollection.of(heading)));
        page.next().ifPresent(next -> result.put("next_cursor", next.value()));
        return result.toString();
    }
}
