package org.mcpagentic.dashboard;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mcpagentic.access.Scope;
import org.mcpagentic.edge.access.Route;
import org.mcpagentic.edge.access.RouteTable;
import org.mcpagentic.edge.headers.ResponsePolicy;

/**
 * All that this service answers: the page's files, open since there is nothing private in them, and what the page asks
 * for. Whoever may not ask a service for something may not ask for it here. It does so by relative links, so that they are right behind a forwarded prefix too.
 */
@ApplicationScoped
public class Routes implements RouteTable {
    /** {@code GET}: the page for signing in. */
    public static final String SIGN_IN = "/sign-in";

    /** {@code GET}: leads to the OpenID provider. */
    public static final String OIDC = SIGN_IN + "/oidc";

    /** {@code GET}: where the provider leads back to. */
    public static final String OIDC_CALLBACK = OIDC + "/callback";

    /** What the page asks for is below it. */
    public static final String API = "/api";

    /** {@code POST}: signs in; {@code GET}: who is signed in; {@code DELETE}: signs out. */
    public static final String SESSION = "/api/session";

    /** {@code GET}: where the same person is signed in. */
    public static final String SESSION_PLACES = SESSION + "/place";

    /** {@code GET}: server-sent events with the statistics of both services. */
    public static final String STATS = "/api/stats";

    /** {@code POST}: creates a task; {@code GET}: lists tasks. */
    public static final String TASKS = "/api/task";

    /** {@code GET}: a task. */
    public static final String TASK = "/api/task/{id}";

    /** {@code POST}: queues a task. */
    public static final String RUN = TASK + "/run";

    /** {@code POST}: cancels a task. */
    public static final String CANCEL = TASK + "/cancel";

    /** {@code POST}: runs an ended task again, as a new one. */
    public static final String RETRY = TASK + "/retry";

    /** {@code POST}: decides what came of a step. */
    public static final String RESOLVE = TASK + "/step/{step}/resolve";

    /** {@code GET}: lists tasks that were given up because their workers died. */
    public static final String DEAD_LETTERS = "/api/dead-letter";

    /** {@code GET}: server-sent events of a task. */
    public static final String EVENTS = TASK + "/events";

    /** {@code GET}: the tools that a task may use. */
    public static final String TOOLS = "/api/tool";

    /** {@code GET}: the models that a task may name. */
    public static final String MODELS = "/api/model";

    /** {@code POST}: a question, answered by server-sent events. */
    public static final String ASK = "/api/ask";

    /** {@code GET}: the models that a question may name. */
    public static final String ASK_MODELS = ASK + "/model";

    /** Where the page's files are. */
    static final List<String> FILES = List.of("/", "/index.html", "/icon.svg", "/app/*", "/style/*", "/vendor/*");

    /**
     * What the page may do: run its own scripts and styles and ask its own host, nothing else. It is asked for again
     * each time, and answered 304 where nothing changed: a page never meets the scripts of another version.
     */
    private static final ResponsePolicy PAGE = new ResponsePolicy(
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none';"
                    + " require-trusted-types-for 'script'; trusted-types dompurify",
            Optional.of("no-cache"));

    @Override
    public List<Route> routes() {
        Stream<Route> files = FILES.stream().map(path -> Route.open(GET, path).with(PAGE));
        return Stream.concat(
                        files,
                        Stream.of(
                                Route.open(GET, SIGN_IN).with(PAGE),
                                Route.open(GET, OIDC),
                                Route.open(GET, OIDC_CALLBACK),
                                // why open: who signs in is nobody yet; Origin and media type are checked all the same
                                Route.open(POST, SESSION),
                                Route.known(GET, SESSION),
                                Route.known(DELETE, SESSION),
                                Route.known(GET, SESSION_PLACES),
                                Route.holding(Scope.STATISTICS_READ, GET, STATS),
                                Route.holding(Scope.TASKS_WRITE, POST, TASKS),
                                Route.holding(Scope.TASKS_READ, GET, TASKS),
                                Route.holding(Scope.TASKS_READ, GET, TASK),
                                Route.holding(Scope.TASKS_WRITE, POST, RUN),
                                Route.holding(Scope.TASKS_WRITE, POST, CANCEL),
                                Route.holding(Scope.TASKS_WRITE, POST, RETRY),
                                Route.holding(Scope.TASKS_WRITE, POST, RESOLVE),
                                Route.holding(Scope.TASKS_READ, GET, DEAD_LETTERS),
                                Route.holding(Scope.TASKS_READ, GET, EVENTS),
                                Route.holding(Scope.STATISTICS_READ, GET, TOOLS),
                                Route.holding(Scope.STATISTICS_READ, GET, MODELS),
                                Route.holding(Scope.ASK, POST, ASK),
                                Route.holding(Scope.STATISTICS_READ, GET, ASK_MODELS)))
                .toList();
    }
}
