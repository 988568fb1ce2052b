package org.mcpagentic.edge;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.mcpagentic.edge.access.Route;
import org.mcpagentic.edge.access.RouteTable;
import org.mcpagentic.edge.headers.ResponsePolicy;

@ApplicationScoped
public class ProbeRoutes implements RouteTable {

    @Override
    public List<Route> routes() {
        return List.of(
                Route.caller(POST, "/order"),
                Route.caller(GET, "/order"),
                Route.caller(POST, "/order/blocking"),
                Route.caller(GET, "/order/{id}"),
                Route.caller(POST, "/order/{id}/run"),
                Route.caller(GET, "/fail/{how}"),
                Route.caller(GET, "/events/{what}"),
                Route.open(GET, "/stale").with(new ResponsePolicy("default-src 'self'", Optional.empty())));
    }
}
