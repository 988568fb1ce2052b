package org.mcpagentic.publicmcp;

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
                Route.caller(POST, "/ask"),
                Route.caller(GET, "/response/{id}"),
                Route.caller(GET, "/model"),
                Route.caller(GET, "/stats"));
    }
}
