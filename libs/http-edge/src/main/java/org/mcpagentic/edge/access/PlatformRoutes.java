package org.mcpagentic.edge.access;

import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mcpagentic.access.Scope;
import org.mcpagentic.edge.headers.ResponsePolicy;

/** The routes that the platform brings to every service: health, metrics, the API's description. */
public final class PlatformRoutes {

    /** Swagger UI is a page with scripts and styles of its own, some of them inline. */
    private static final ResponsePolicy SWAGGER_UI = new ResponsePolicy(
            "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline';"
                    + " script-src 'self' 'unsafe-inline'; frame-ancestors 'none'",
            Optional.empty());

    private PlatformRoutes() {}

    /** All that are served: health is open and on any host, as the cluster's probes need it; the rest as configured. */
    public static List<Route> all(Exposure metrics, Exposure apiDocs) {
        Stream<Route> health = Stream.of("", "/live", "/ready", "/started", "/well")
                .map(part -> Route.open(HttpMethod.GET, "/q/health" + part).onAnyHost());
        Stream<Route> measured = access(metrics, Scope.METRICS_READ)
                .map(access -> new Route(HttpMethod.GET, "/q/metrics", access, ResponsePolicy.DATA, true, false))
                .stream();
        Stream<Route> described = access(apiDocs, Scope.STATISTICS_READ).stream()
                .flatMap(access -> Stream.concat(
                        Stream.of(new Route(HttpMethod.GET, "/q/openapi", access, ResponsePolicy.DATA, false, false)),
                        Stream.of("", "/", "/*")
                                .map(part -> new Route(
                                        HttpMethod.GET, "/q/swagger-ui" + part, access, SWAGGER_UI, false, false))));
        return Stream.of(health, measured, described).flatMap(routes -> routes).toList();
    }

    private static Optional<Access> access(Exposure exposure, Scope scope) {
        return switch (exposure) {
            case OPEN -> Optional.of(new Access.Open());
            case DIRECT -> Optional.of(new Access.Direct());
            case AUTHENTICATED -> Optional.of(new Access.Holder(scope));
            case OFF -> Optional.empty();
        };
    }
}
