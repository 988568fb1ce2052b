package org.mcpagentic.mcp.resource;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.mcp.Completion;
import org.mcpagentic.mcp.CompletionRequest;
import org.mcpagentic.mcp.ListChange;
import org.mcpagentic.mcp.Page;

/** Resources of one feature; any number of beans. What a caller lacks a scope for fails with {@code InsufficientScope} or is not there. */
public interface ResourceSource {

    /**
     * Those that the caller may see, in the source's own order.
     *
     * @param after what an earlier page gave as {@link Page#next()}; the endpoint signs it, so that it is one
     * @param limit how many at most
     */
    Uni<Page<ResourceDefinition>> resources(Caller caller, Optional<String> after, int limit);

    /** Families of resources. */
    default Uni<List<ResourceTemplate>> templates(Caller caller) {
        return Uni.createFrom().item(List.of());
    }

    /** Reads one, listed or not. */
    Uni<ResourceOutcome> read(ResourceRequest request);

    /** How a variable of a template may go on; empty where the template is not this source's. */
    default Uni<Optional<Completion>> complete(String uriTemplate, CompletionRequest request) {
        return Uni.createFrom().item(Optional.empty());
    }

    /** Says when a resource holds something new; need not end. Of one that the caller may not see it says nothing. */
    default Multi<ResourceUpdate> updates(Caller caller, String uri) {
        return Multi.createFrom().nothing();
    }

    /** Says when the caller should list again; need not end. */
    default Multi<ListChange> changes(Caller caller) {
        return Multi.createFrom().nothing();
    }
}
