package org.mcpagentic.edge.resource;

import java.util.List;
import org.mcpagentic.access.Scope;

/** What a service lets its OAuth clients ask for. A service that says nothing names none. */
@FunctionalInterface
public interface OfferedScopes {

    List<Scope> scopes();
}
