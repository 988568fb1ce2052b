package org.mcpagentic.custommcp;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.PATCH;
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
                Route.holding(Scope.TASKS_WRITE, POST, "/task").withChargedWrite(),
                Route.holding(Scope.TASKS_READ, GET, "/task"),
                Route.holding(Scope.TASKS_READ, GET, "/task/{id}"),
                Route.holding(Scope.TASKS_WRITE, POST, "/task/{id}/run"),
                Route.holding(Scope.TASKS_WRITE, POST, "/task/{id}/cancel"),
                Route.holding(Scope.TASKS_READ, GET, "/task/{id}/events"),
                Route.holding(Scope.TASKS_WRITE, POST, "/task/{id}/retry").withChargedWrite(),
                Route.holding(Scope.TASKS_WRITE, POST, "/task/{id}/step/{step}/resolve"),
                Route.holding(Scope.TASKS_READ, GET, "/dead-letter"),
                Route.holding(Scope.TASKS_READ, GET, "/approval"),
                Route.holding(Scope.TASKS_READ, GET, "/approval/{id}"),
                Route.holding(Scope.APPROVALS_DECIDE, POST, "/approval/{id}/decision"),
                Route.holding(Scope.STATISTICS_READ, GET, "/tool"),
                // why no scope: it depends on the tool
                Route.known(POST, "/tool/{name}/call"),
                Route.holding(Scope.STATISTICS_READ, GET, "/model"),
                Route.holding(Scope.STATISTICS_READ, GET, "/stats"),
                // why no scope: each tool, prompt and resource says what it takes
                Route.known(POST, "/mcp"),
                Route.known(GET, "/mcp"),
                Route.known(DELETE, "/mcp"),
                Route.holding(Scope.ADMIN, POST, "/admin/key"),
                Route.holding(Scope.ADMIN, GET, "/admin/key"),
                Route.holding(Scope.ADMIN, GET, "/admin/key/{key}"),
                Route.holding(Scope.ADMIN, PATCH, "/admin/key/{key}"),
                Route.holding(Scope.ADMIN, DELETE, "/admin/key/{key}"),
                Route.holding(Scope.ADMIN, POST, "/admin/key/{key}/rotate"),
                Route.holding(Scope.ADMIN, POST, "/admin/mcp-server"),
                Route.holding(Scope.ADMIN, GET, "/admin/mcp-server"),
                Route.holding(Scope.ADMIN, GET, "/admin/mcp-server/{name}"),
                Route.holding(Scope.ADMIN, DELETE, "/admin/mcp-server/{name}"),
                Route.holding(Scope.ADMIN, POST, "/admin/mcp-server/{name}/check"),
                Route.holding(Scope.ADMIN, GET, "/admin/mcp-server/{name}/tool/{tool}"),
                Route.holding(Scope.ADMIN, POST, "/admin/mcp-server/{name}/tool/{tool}/approve"),
                Route.holding(Scope.PLATFORM, POST, "/admin/tenant"),
                Route.holding(Scope.PLATFORM, GET, "/admin/tenant"),
                Route.holding(Scope.AUDIT_READ, GET, "/admin/audit"));
    }
}
