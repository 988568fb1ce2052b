package org.mcpagentic.dashboard.signin;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mcpagentic.access.AccessConfig;
import org.mcpagentic.access.Principal;
import org.mcpagentic.access.credential.ApiKey;
import org.mcpagentic.access.credential.ApiKeys;
import org.mcpagentic.access.credential.KeyId;
import org.mcpagentic.access.session.OpenedSession;
import org.mcpagentic.access.session.SessionConfig;
import org.mcpagentic.access.session.Sessions;
import org.mcpagentic.dashboard.Routes;
import org.mcpagentic.edge.access.Arrivals;
import org.mcpagentic.edge.access.Caller;
import org.mcpagentic.edge.problem.ProblemException;

/** Signing in, who is signed in, and signing out. */
@Path("/")
public class SignInResource {
    private final boolean enabled;
    private final Duration longest;
    private final SignIns signIns;
    private final Sessions sessions;
    private final Csrf csrf;
    private final ApiKeys keys;
    private final Arrivals arrivals;

    SignInResource(
            AccessConfig access,
            SessionConfig config,
            SignIns signIns,
            Sessions sessions,
            Csrf csrf,
            ApiKeys keys,
            Arrivals arrivals) {
        this.arrivals = arrivals;
        this.enabled = access.enabled();
        this.longest = config.absolute();
        this.signIns = signIns;
        this.sessions = sessions;
        this.csrf = csrf;
        this.keys = keys;
    }

    /** Opens a session for whoever has a good key or link; the browser gets it as a cookie. */
    @POST
    @Path(Routes.SESSION)
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Response> signIn(SignInRequest request, @Context RoutingContext routing) {
        if (!enabled) {
            throw ProblemException.notFound("thing as signing in: access control is off");
        }
        return opened(request, routing)
                .chain(opened -> person(opened.principal()).map(person -> {
                    SessionCookie.give(arrivals.of(routing.request()), routing.response(), opened.token(), longest);
                    return Response.status(Response.Status.CREATED)
                            .entity(person)
                            .build();
                }));
    }

    /** Who is signed in. */
    @GET
    @Path(Routes.SESSION)
    public Uni<Person> whoIsSignedIn(@Context RoutingContext routing) {
        return person(Caller.of(routing).principal());
    }

    /** Where else the same person is signed in. */
    @GET
    @Path(Routes.SESSION_PLACES)
    public Uni<Places> places(@Context RoutingContext routing) {
        Caller caller = Caller.of(routing);
        return sessions.list(caller.tenant(), caller.owner()).map(places -> Places.of(places, caller.session()));
    }

    /** Ends the session, or all that the person has; the cookie is taken away. */
    @DELETE
    @Path(Routes.SESSION)
    public Uni<Response> signOut(
            @QueryParam("everywhere") @Nullable String everywhere, @Context RoutingContext routing) {
        Principal person = Caller.of(routing).principal();
        return SessionCookie.read(routing.request())
                .map(token -> isEverywhere(everywhere) ? signIns.outEverywhere(person) : signIns.out(person, token))
                .orElseGet(() -> Uni.createFrom().voidItem())
                .map(out -> {
                    SessionCookie.clear(arrivals.of(routing.request()), routing.response());
                    return Response.noContent().build();
                });
    }

    private Uni<OpenedSession> opened(SignInRequest request, RoutingContext routing) {
        String key = request.key();
        String link = request.link();
        if (key != null && link == null) {
            return signIns.byKey(routing.request(), key.strip());
        }
        if (link != null && key == null) {
            return signIns.byLink(routing.request(), link.strip());
        }
        throw ProblemException.invalid("key", "must be there, or \"link\" in its place");
    }

    private static boolean isEverywhere(@Nullable String everywhere) {
        return switch (everywhere) {
            case null -> false;
            case "true" -> true;
            case "false" -> false;
            case String other -> throw ProblemException.invalid("everywhere", "must be true or false");
        };
    }

    private Uni<Person> person(Principal principal) {
        Optional<String> csrfToken = enabled ? principal.session().map(csrf::tokenOf) : Optional.empty();
        return name(principal).map(name -> Person.of(principal, name, csrfToken));
    }

    private Uni<Optional<String>> name(Principal principal) {
        String owner = principal.owner().value();
        return KeyId.looksLike(owner)
                ? keys.find(new KeyId(owner)).map(key -> key.map(ApiKey::name))
                : Uni.createFrom().item(Optional.empty());
    }
}
