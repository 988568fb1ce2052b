package org.mcpagentic.mcp.tool;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.ListChange;

/** Tools of one feature; any number of beans. Of two tools with one name, that of the source with the higher priority is offered. */
public interface ToolSource {

    /** Those that the caller may see, in any order. */
    Uni<List<Tool>> tools(Caller caller);

    /** One of them; empty where the caller has none with that name. */
    default Uni<Optional<Tool>> tool(Caller caller, String name) {
        return tools(caller)
                .map(tools -> tools.stream()
                        .filter(tool -> tool.definition().name().equals(name))
                        .findFirst());
    }

    /** Says when the caller should list again; need not end. */
    default Multi<ListChange> changes(Caller caller) {
        return Multi.createFrom().nothing();
    }
}
