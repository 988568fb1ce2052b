package org.mcpagentic.mcp.prompt;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.ListChange;

/** Prompts of one feature; any number of beans. */
public interface PromptSource {

    /** Those that the caller may see, in any order. */
    Uni<List<Prompt>> prompts(Caller caller);

    /** One of them; empty where the caller has none with that name. */
    default Uni<Optional<Prompt>> prompt(Caller caller, String name) {
        return prompts(caller)
                .map(prompts -> prompts.stream()
                        .filter(prompt -> prompt.definition().name().equals(name))
                        .findFirst());
    }

    /** Says when the caller should list again; need not end. */
    default Multi<ListChange> changes(Caller caller) {
        return Multi.createFrom().nothing();
    }
}
