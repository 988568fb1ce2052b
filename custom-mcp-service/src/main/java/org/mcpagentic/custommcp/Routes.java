package org.mcpagentic.custommcp;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.mcpagentic.edge.access.Route;
import org.mcpagentic.edge.access.RouteTable;

/** All that this service answers. */
@ApplicationScoped
public class Routes implements RouteTable {

    @Override
    public List<Route> routes() {
        return List.of(
                Route.caller(POST, "/task"),
                Route.caller(GET, "/task"),
                Route.caller(GET, "/task/{id}"),
                Route.caller(POST, "/task/{id}/run"),
                Route.caller(POST, "/task/{id}/cancel"),
                Route.caller(GET, "/task/{id}/events"),
                Route.caller(POST, "/task/{id}/retry"),
                Route.caller(POST, "/task/{id}/step/{step}/resolve"),
                Route.caller(GET, "/dead-letter"),
                Route.caller(GET, "/tool"),
                Route.caller(GET, "/model"),
                Route.caller(GET, "/stats"),
                Route.caller(GET, "/admin/audit"));
    }
}
