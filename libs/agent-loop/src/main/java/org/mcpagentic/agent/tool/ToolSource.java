package org.mcpagentic.agent.tool;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.mcpagentic.store.TenantId;

/**
 * Tools that come and go while the service runs, and that not every tenant has. What answers at once answers from memory.
 *
 * <p>What the schemas of such tools say is not held against a call's arguments: a schema may come from elsewhere, and one that
 * is made to be slow would stop an event loop. Its tool has to refuse arguments itself.
 */
public interface ToolSource {

    /** Completes as soon as it knows its tools; never fails. Before that it may have none. */
    Uni<Void> ready();

    /** Learns what was added elsewhere until now; never fails, takes a moment at most. */
    default Uni<Void> lookAgain() {
        return Uni.createFrom().voidItem();
    }

    /** What tasks of the tenant may be given now, in any order; never two of one name. */
    List<Tool> tools(TenantId tenant);

    /** The one of them that has a name. */
    Optional<Tool> tool(TenantId tenant, String name);

    /** Why a tool that the tenant has may not be called now, for a model to read; nothing where it may, or there is none. */
    Optional<String> withheld(TenantId tenant, String name);
}
