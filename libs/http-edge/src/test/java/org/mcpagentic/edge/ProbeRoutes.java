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
                Route.known(POST, "/order"),
                Route.known(GET, "/order"),
                Route.known(GET, "/arrival"),
                Route.known(POST, "/order/blocking"),
                Route.known(GET, "/order/{id}"),
                Route.known(POST, "/order/{id}/run"),
                Route.known(GET, "/fail/{how}"),
                Route.known(GET, "/events/{what}"),
                Route.open(GET, "/stale").with(new ResponsePolicy("default-src 'self'", Optional.empty())));
    }
}
