package org.mcpagentic.mcp.dispatch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mcpagentic.mcp.McpConfig;
import org.mcpagentic.mcp.McpError;
import org.mcpagentic.mcp.tool.ToolDefinition;

/** Holds arguments against their tool's schema (JSON Schema, draft 2020-12) before the tool sees them. */
@ApplicationScoped
class ArgumentCheck {

    private static final int MOST_FLAWS = 5;
    private static final int MOST_CHARS = 300;
    private static final int MOST_SCHEMAS = 512;

    // why no more than the default: it fetches nothing, so that a schema that names another server reaches nobody
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final int maxArguments;

    // why kept: reading a schema takes longer than holding something against it
    private final Map<ObjectNode, Schema> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ObjectNode, Schema> eldest) {
            return size() > MOST_SCHEMAS;
        }
    };

    ArgumentCheck(McpConfig config) {
        maxArguments = config.maxArguments();
    }

    /**
     * The arguments without what is null: models write that for what they leave out.
     *
     * @throws McpError {@code -32602} where there are too many
     */
    ObjectNode bounded(ObjectNode arguments) {
        if (arguments.toString().length() > maxArguments) {
            throw McpError.invalidParams("the arguments have more than " + maxArguments + " characters");
        }
        ObjectNode given = arguments.deepCopy();
        given.properties().removeIf(property -> property.getValue().isNull());
        return given;
    }

    /** What is wrong, so that a model can repair it; nothing where the arguments fit. */
    Optional<String> flaw(ToolDefinition tool, ObjectNode arguments) {
        List<Error> errors = schema(tool.inputSchema()).validate(arguments);
        return errors.isEmpty() ? Optional.empty() : Optional.of(text(tool.name(), errors));
    }

    private Schema schema(ObjectNode inputSchema) {
        synchronized (known) {
            return known.computeIfAbsent(inputSchema, SCHEMAS::getSchema);
        }
    }

    private static String text(String tool, List<Error> errors) {
        String more = errors.size() > MOST_FLAWS ? "; and " + (errors.size() - MOST_FLAWS) + " more" : "";
        return errors.stream()
                .limit(MOST_FLAWS)
                .map(error -> abridged(place(error) + error.getMessage()))
                .collect(Collectors.joining("; ", "the arguments do not fit the schema of " + tool + ": ", more));
    }

    private static String place(Error error) {
        String path = error.getInstanceLocation().toString();
        return path.isEmpty() || path.equals("/") || path.equals("$") ? "" : path + ": ";
    }

    private static String abridged(String text) {
        return text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS) + "…";
    }
}
