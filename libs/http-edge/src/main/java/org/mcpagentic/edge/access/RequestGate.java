package org.mcpagentic.edge.access;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.stream.Stream;
import org.mcpagentic.edge.headers.ResponsePolicy;
import org.mcpagentic.edge.problem.ProblemCode;
import org.mcpagentic.edge.problem.ProblemException;
import org.mcpagentic.edge.problem.ProblemResponses;

/**
 * The one filter in front of everything, whether a resource method or the platform answers. What the route tables do
 * not name is not served; what they name is served only to a request whose host, origin, media type, size and caller
 * are right. Behind it the body is in memory ({@code RoutingContext.body()}).
 */
@ApplicationScoped
public class RequestGate {

    private final RouteIndex routes;
    private final RequestChecks checks;
    private final Authenticator authenticator;
    private final ProblemResponses problems;
    private final Vertx vertx;
    private final int maxBodyBytes;

    RequestGate(
            RouteTable table,
            EdgeConfig config,
            RequestChecks checks,
            Authenticator authenticator,
            ProblemResponses problems,
            Vertx vertx) {
        this.routes = new RouteIndex(Stream.concat(PlatformRoutes.all().stream(), table.routes().stream())
                .toList());
        this.checks = checks;
        this.authenticator = authenticator;
        this.problems = problems;
        this.vertx = vertx;
        this.maxBodyBytes = config.maxBodyBytes();
    }

    void install(@Observes Filters filters) {
        filters.register(this::handle, Integer.MAX_VALUE);
    }

    private void handle(RoutingContext routing) {
        try {
            admit(routing);
        } catch (RuntimeException refusal) {
            refuse(routing, refusal);
        }
    }

    private void admit(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        ResponsePolicy.DATA.applyTo(routing.response());
        List<Route> known = routes.of(RequestChecks.path(request));
        HostHeader host =
                checks.host(request, !known.isEmpty() && known.stream().allMatch(Route::anyHost));
        checks.origin(request, host);
        if (known.isEmpty()) {
            throw new ProblemException(ProblemCode.NOT_FOUND, "there is nothing at this path");
        }
        if (request.method().equals(HttpMethod.OPTIONS)) {
            routing.response()
                    .putHeader(HttpHeaders.ALLOW, RouteIndex.allow(known))
                    .setStatusCode(204)
                    .end();
            RequestBody.drain(vertx, request);
            return;
        }
        Route route = RouteIndex.forMethod(known, request.method()).orElseThrow(() -> {
            routing.response().putHeader(HttpHeaders.ALLOW, RouteIndex.allow(known));
            return new ProblemException(
                    ProblemCode.METHOD_NOT_ALLOWED, "this path has only the methods in the header Allow");
        });
        route.policy().applyTo(routing.response());
        if (RequestBody.isDeclared(request)) {
            RequestChecks.mediaType(request);
            RequestBody.refuseIfDeclaredOver(request, maxBodyBytes);
        }
        switch (route.access()) {
            case OPEN -> takeBody(routing);
            case CALLER -> authenticate(routing);
        }
    }

    private void authenticate(RoutingContext routing) {
        Context context = vertx.getOrCreateContext();
        authenticator
                .authenticate(routing.request())
                .subscribe()
                .with(
                        caller -> onContext(context, () -> {
                            caller.attachTo(routing);
                            takeBody(routing);
                        }),
                        refusal -> onContext(context, () -> refuse(routing, refusal)));
    }

    /** An authenticator may answer from another thread; the request belongs to its event loop. */
    private static void onContext(Context context, Runnable work) {
        if (Vertx.currentContext() == context) {
            work.run();
        } else {
            context.runOnContext(ignored -> work.run());
        }
    }

    private void takeBody(RoutingContext routing) {
        if (!RequestBody.isDeclared(routing.request())) {
            routing.next();
            return;
        }
        RequestBody.read(
                vertx,
                routing.request(),
                maxBodyBytes,
                body -> {
                    ((RoutingContextInternal) routing).setBody(body);
                    routing.next();
                },
                tooLarge -> refuse(routing, tooLarge));
    }

    private void refuse(RoutingContext routing, Throwable refusal) {
        problems.send(routing, refusal);
        RequestBody.drain(vertx, routing.request());
    }
}
