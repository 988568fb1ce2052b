package org.mcpagentic.dashboard.signin;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.mcpagentic.access.session.SessionConfig;
import org.mcpagentic.dashboard.Routes;
import org.mcpagentic.edge.access.Arrivals;
import org.mcpagentic.edge.problem.ProblemException;
import org.mcpagentic.store.StoreException;

/**
 * Signing in at the OpenID provider. Both are visited by the browser itself, and answer redirects to the provider or to our own page, whatever they
 * are asked.
 */
@Path("/")
public class ProviderResource {

    /**
     * The cookie of somebody who is on the way. It is {@code Lax}: the way back begins at another site, with which no browser sends a {@code
     * Strict} one. The session's own cookie stays {@code Strict}, since the page alone asks for what needs it.
     */
    static final String COOKIE = "mcp_oidc";

    private final ProviderSignIn provider;
    private final SignIns signIns;
    private final Duration longest;
    private final Arrivals arrivals;

    ProviderResource(ProviderSignIn provider, SignIns signIns, SessionConfig sessions, Arrivals arrivals) {
        this.arrivals = arrivals;
        this.provider = provider;
        this.signIns = signIns;
        this.longest = sessions.absolute();
    }

    /** Sends a person to the provider. */
    @GET
    @Path(Routes.OIDC)
    public Uni<Response> leave(@Context RoutingContext routing) {
        PublicUrl page = page();
        SignInTrip trip = provider.begin(Optional.ofNullable(routing.request().getParam("task")));
        return provider.destination(trip)
                .map(destination -> {
                    routing.response()
                            .addCookie(cookie(page, provider.text(trip)).setMaxAge(SignInTrip.LONGEST.toSeconds()));
                    return seeOther(destination);
                })
                .onFailure(SignInRefusal.class)
                .recoverWithItem(refusal -> back(page, refusal.reason()));
    }

    /** Signs in whoever comes back from the provider as somebody. */
    @GET
    @Path(Routes.OIDC_CALLBACK)
    public Uni<Response> arrive(@Context RoutingContext routing) {
        PublicUrl page = page();
        HttpServerRequest request = routing.request();
        HttpServerResponse response = routing.response();
        Optional<SignInTrip> trip =
                Optional.ofNullable(request.getCookie(COOKIE)).flatMap(cookie -> provider.read(cookie.getValue()));
        // why at once: a way is gone once, whatever comes of it
        response.addCookie(cookie(page, "").setMaxAge(0));
        return signIns.byProvider(request, () -> provider.arrived(trip, request.params()))
                .map(opened -> {
                    SessionCookie.give(
                            arrivals.of(request), response, opened.token(), longest, page.pathOf(Routes.API));
                    return seeOther(page
                            + trip.flatMap(SignInTrip::task)
                                    .map(task -> "?task=" + task)
                                    .orElse(""));
                })
                .onFailure(SignInRefusal.class)
                .recoverWithItem(refusal -> back(page, refusal.reason()))
                .onFailure(StoreException.class)
                .recoverWithItem(failure -> back(page, SignIns.reason(failure)));
    }

    private PublicUrl page() {
        return provider.offered()
                .orElseThrow(() -> ProblemException.notFound("thing as signing in at a provider: none is configured"));
    }

    private static Response back(PublicUrl page, SignInRefusal.Reason reason) {
        return seeOther(page.urlOf(Routes.SIGN_IN) + "?problem=" + reason.wireName());
    }

    private static Response seeOther(String where) {
        return Response.status(Response.Status.SEE_OTHER)
                .location(URI.create(where))
                .build();
    }

    private static Cookie cookie(PublicUrl page, String value) {
        return Cookie.cookie(COOKIE, value)
                .setPath(page.pathOf(Routes.SIGN_IN))
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.LAX)
                .setSecure(page.isEncrypted());
    }
}
