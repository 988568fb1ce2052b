package org.mcpagentic.publicmcp;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.mcpagentic.access.Scope;
import org.mcpagentic.edge.access.Route;
import org.mcpagentic.edge.access.RouteTable;
import org.mcpagentic.edge.resource.ProtectedResource;

/** All that this service answers. */
@ApplicationScoped
public class Routes implements RouteTable {

    @Override
    public List<Route> routes() {
        return List.of(
                Route.open(GET, ProtectedResource.WELL_KNOWN),
                Route.open(GET, ProtectedResource.WELL_KNOWN + "/{resource:.+}"),
                Route.holding(Scope.ASK, POST, "/ask").withChargedWrite(),
                // why no scope: it depends on whether a question or a task was answered
                Route.known(GET, "/response/{id}"),
                Route.holding(Scope.STATISTICS_READ, GET, "/model"),
                Route.holding(Scope.STATISTICS_READ, GET, "/stats"),
                // why no scope: each tool, prompt and resource says what it takes
                Route.known(POST, "/mcp"),
                Route.known(GET, "/mcp"),
                Route.known(DELETE, "/mcp"));
    }
}
