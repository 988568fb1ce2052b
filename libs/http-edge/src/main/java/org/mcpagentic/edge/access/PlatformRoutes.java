package org.mcpagentic.edge.access;

import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Optional;
import org.mcpagentic.edge.headers.ResponsePolicy;

/** The routes that the platform brings to every service: health, metrics, the API's description. */
public final class PlatformRoutes {

    /** Swagger UI is a page with scripts and styles of its own, some of them inline. */
    private static final ResponsePolicy SWAGGER_UI = new ResponsePolicy(
            "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline';"
                    + " script-src 'self' 'unsafe-inline'; frame-ancestors 'none'",
            Optional.empty());

    private PlatformRoutes() {}

    /** All of them; open, and the ones that the cluster's probes and scrapers use on any host. */
    public static List<Route> all() {
        return List.of(
                Route.open(HttpMethod.GET, "/q/health").onAnyHost(),
                Route.open(HttpMethod.GET, "/q/health/live").onAnyHost(),
                Route.open(HttpMethod.GET, "/q/health/ready").onAnyHost(),
                Route.open(HttpMethod.GET, "/q/health/started").onAnyHost(),
                Route.open(HttpMethod.GET, "/q/health/well").onAnyHost(),
                Route.open(HttpMethod.GET, "/q/metrics").onAnyHost(),
                Route.open(HttpMethod.GET, "/q/openapi"),
                Route.open(HttpMethod.GET, "/q/swagger-ui").with(SWAGGER_UI),
                Route.open(HttpMethod.GET, "/q/swagger-ui/").with(SWAGGER_UI),
                Route.open(HttpMethod.GET, "/q/swagger-ui/*").with(SWAGGER_UI));
    }
}
