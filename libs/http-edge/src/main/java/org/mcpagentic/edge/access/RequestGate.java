package org.mcpagentic.edge.access;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.mutiny.Uni;
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
import java.util.Optional;
import java.util.stream.Stream;
import org.mcpagentic.access.Scope;
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
    private final Metering metering;
    private final RefusalAudit refusals;
    private final ProblemResponses problems;
    private final Challenges challenges;
    private final Vertx vertx;
    private final int maxBodyBytes;

    RequestGate(
            RouteTable table,
            EdgeConfig config,
            RequestChecks checks,
            Authenticator authenticator,
            Metering metering,
            RefusalAudit refusals,
            ProblemResponses problems,
            Challenges challenges,
            Vertx vertx) {
        this.routes = new RouteIndex(
                Stream.concat(PlatformRoutes.all(config.metrics(), config.apiDocs()).stream(), table.routes().stream())
                        .toList());
        this.checks = checks;
        this.authenticator = authenticator;
        this.metering = metering;
        this.refusals = refusals;
        this.problems = problems;
        this.challenges = challenges;
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
        refusals.watch(routing, RouteIndex.forMethod(known, request.method()));
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
            case Access.Open everyone -> takeBody(routing);
            case Access.Direct straight -> {
                if (isForwarded(request)) {
                    throw new ProblemException(ProblemCode.NOT_FOUND, "there is nothing at this path");
                }
                takeBody(routing);
            }
            case Access.Known anyone -> authenticate(routing, route, Optional.empty());
            case Access.Holder(Scope scope) -> authenticate(routing, route, Optional.of(scope));
        }
    }

    /** Whether a proxy says that it passed the request on; whoever comes through one cannot take that away. */
    private static boolean isForwarded(HttpServerRequest request) {
        return request.headers().contains("Forwarded")
                || request.headers().contains("X-Forwarded-For")
                || request.headers().contains("X-Real-IP");
    }

    private void authenticate(RoutingContext routing, Route route, Optional<Scope> scope) {
        Context context = vertx.getOrCreateContext();
        StandingRight right = () -> authenticator
                .again(routing.request())
                .invoke(caller -> scope.ifPresent(caller::require))
                .replaceWithVoid();
        right.attachTo(routing);
        authenticator
                .authenticate(routing.request())
                .onFailure(RequestGate::isUnauthenticated)
                .recoverWithUni(refusal -> metering.chargeStranger(routing.request(), routing.response())
                        .chain(() -> Uni.createFrom().failure(refusal)))
                // why before it is charged: a refusal is written down under its name
                .invoke(caller -> caller.attachTo(routing))
                .call(caller -> metering.charge(routing, caller, route.chargedByWrite()))
                .invoke(caller -> refuseWithout(scope, caller, routing))
                .subscribe()
                .with(
                        caller -> onContext(context, () -> takeBody(routing)),
                        refusal -> onContext(context, () -> refuse(routing, refusal)));
    }

    private static boolean isUnauthenticated(Throwable failure) {
        return failure instanceof ProblemException problem && problem.code() == ProblemCode.UNAUTHENTICATED;
    }

    private void refuseWithout(Optional<Scope> needed, Caller caller, RoutingContext routing) {
        needed.filter(scope -> !caller.rights().allow(scope)).ifPresent(missing -> {
            routing.response().putHeader("WWW-Authenticate", challenges.insufficientScope(routing.request(), missing));
            caller.require(missing);
        });
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
        if (refusal instanceof ProblemException problem) {
            RefusalAudit.because(routing, problem.code());
        }
        if (isUnauthenticated(refusal)) {
            routing.response().putHeader("WWW-Authenticate", challenges.unauthenticated(routing.request()));
        }
        problems.send(routing, refusal);
        RequestBody.drain(vertx, routing.request());
    }
}
