package org.mcpagentic.agent.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Holds a call's arguments against its tool's schema (JSON Schema, draft 2020-12) before the tool sees them. */
public final class ArgumentCheck {

    private static final int MOST_FLAWS = 5;
    private static final int MOST_CHARS = 300;

    // why no more than the default: it fetches nothing, so that a schema that names another server reaches nobody
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final ToolSpec spec;
    private final Schema schema;

    public ArgumentCheck(ToolSpec spec) {
        this.spec = spec;
        this.schema = SCHEMAS.getSchema(spec.inputSchema());
    }

    /** What is wrong, so that a model can repair it; nothing where the arguments fit. */
    public Optional<String> flaw(ToolCall call) {
        Optional<String> unreadable = unreadable(call);
        if (unreadable.isPresent()) {
            return unreadable;
        }
        List<Error> errors = schema.validate(without(call.arguments()));
        return errors.isEmpty() ? Optional.empty() : Optional.of(text(errors));
    }

    /** Why a call's arguments could not be read; nothing where they could. */
    static Optional<String> unreadable(ToolCall call) {
        return call.flaw().map(flaw -> "the arguments of " + call.toolName() + " could not be read: " + abridged(flaw));
    }

    /**
     * One thing that is wrong with arguments.
     *
     * @param place a JSON pointer to it, empty for the whole
     * @param message what is wrong, bounded
     */
    public record Flaw(String place, String message) {}

    /** All that is wrong, for whoever writes arguments by hand; at most five. */
    public List<Flaw> flaws(ObjectNode arguments) {
        return schema.validate(without(arguments)).stream()
                .limit(MOST_FLAWS)
                .map(error -> new Flaw(
                        abridged(error.getInstanceLocation().toString()), abridged(String.valueOf(error.getMessage()))))
                .toList();
    }

    /** Models write null for what they leave out; tools take it as that. */
    private ObjectNode without(ObjectNode arguments) {
        ObjectNode given = arguments.deepCopy();
        given.properties().removeIf(property -> property.getValue().isNull());
        return given;
    }

    private String text(List<Error> errors) {
        String more = errors.size() > MOST_FLAWS ? "; and " + (errors.size() - MOST_FLAWS) + " more" : "";
        return errors.stream()
                .limit(MOST_FLAWS)
                .map(error -> abridged(place(error) + error.getMessage()))
                .collect(
                        Collectors.joining("; ", "the arguments do not fit the schema of " + spec.name() + ": ", more));
    }

    private static String place(Error error) {
        String path = error.getInstanceLocation().toString();
        return path.isEmpty() || path.equals("/") || path.equals("$") ? "" : path + ": ";
    }

    private static String abridged(String text) {
        return text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS) + "…";
    }
}
